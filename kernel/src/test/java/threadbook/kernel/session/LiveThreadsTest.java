package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveThreadsTest {
    private static final String TWO_WAIT = """
            var gate = new CountDownLatch(1);
            Runnable waits = () -> { try { gate.await(); } catch (InterruptedException e) {} };
            var left = Thread.ofPlatform().daemon().name("left").start(waits);
            var right = Thread.ofVirtual().name("right").start(waits);
            """;

    @Test
    void a_cell_whose_threads_go_on_says_so_in_one_line_that_is_not_its_output() throws Exception {
        try (var notebook = new Notebook()) {
            String printed = notebook.printedBy(TWO_WAIT);

            assertThat(notebook.takeDisplayed().data().get("text/plain"))
                    .startsWith("2 threads of cell 1 still run: ")
                    .contains("left", "right", "%threads", "%kill 1");
            assertThat(printed).isEmpty();
        }
    }

    @Test
    void idle_workers_and_threads_that_have_ended_are_not_named() {
        try (var notebook = new Notebook()) {
            notebook.run("var pool = Executors.newFixedThreadPool(2); pool.submit(() -> 1).get();");
            notebook.run("CompletableFuture.runAsync(() -> {}).join();");
            notebook.run("IntStream.range(0, 1000).parallel().sum()");
            notebook.run("Thread.ofVirtual().start(() -> {}).join(); Thread.ofPlatform().start(() -> {}).join();");

            assertThat(notebook.displayed()).isEmpty();
        }
    }

    @Test
    void the_threads_of_cells_are_listed_with_what_they_do_and_dumped_before_all_others() {
        try (var notebook = new Notebook()) {
            assertThat(notebook.printedBy("%threads")).isEqualTo("No thread of a cell runs.\n");
            notebook.run(TWO_WAIT);

            assertThat(notebook.printedBy("%threads"))
                    .contains("cell 2:", "thread \"left\" of cell 2 waits in CountDownLatch.await (cell 2, line 2)");
            String dump = notebook.printedBy("%dump");
            assertThat(dump).contains("\"right\"", "at java.base/java.util.concurrent.CountDownLatch.await");
            assertThat(dump.indexOf("\"left\"")).isBetween(0, dump.indexOf("\"jshell\""));
        }
    }

    @Test
    void kill_ends_the_threads_of_one_cell_whatever_they_do() {
        try (var notebook = new Notebook()) {
            notebook.run(TWO_WAIT);
            notebook.run("""
                    var never = new CompletableFuture<Integer>();
                    var spins = Thread.ofVirtual().start(() -> { while (true) {} });
                    var joins = Thread.ofPlatform().daemon().start(never::join);
                    """);

            assertThat(notebook.printedBy("%kill 2")).matches("(\\d+) of \\1 threads of cell 2 ended.\n");

            assertThat(notebook.ask("spins.isAlive() || joins.isAlive()")).isEqualTo("false");
            assertThat(notebook.ask("left.isAlive() && right.isAlive()")).isEqualTo("true");
            assertThat(notebook.printedBy("%kill 2")).isEqualTo("No thread of cell 2 runs.\n");
        }
    }

    @Test
    void threads_that_were_left_behind_are_marked() throws Exception {
        try (var notebook = new Notebook()) {
            notebook.run("""
                    Object held = new Object();
                    var gate = new CountDownLatch(1);
                    var taken = new CountDownLatch(1);
                    var keeper = Thread.ofPlatform().daemon().start(() -> {
                        synchronized (held) { taken.countDown(); try { gate.await(); } catch (InterruptedException e) {} }
                    });
                    taken.await();
                    """);
            notebook.interruptAfterPrint("IO.println(1);\nsynchronized (held) {}")
                    .get();

            assertThat(notebook.printedBy("%threads"))
                    .contains("cell 2 (left behind: could not be stopped):", "waits for held (in cell 2, line 2)");
            assertThat(notebook.printedBy("%kill 1")).matches("(\\d+) of \\1 threads of cell 1 ended.\n");
        }
    }
}
