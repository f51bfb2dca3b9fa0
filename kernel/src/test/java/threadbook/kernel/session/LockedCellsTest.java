package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Evaluation;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LockedCellsTest {

    @Test
    void threads_of_the_cell_run_one_at_a_time_in_code_of_earlier_cells_too() {
        try (var notebook = new Notebook()) {
            notebook.run("""
                    var inside = new AtomicInteger();
                    var most = new AtomicInteger();
                    void alone() { // no loop and no call in the middle where the lock could change hands
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        long x = System.nanoTime(); x += x << 3; x += x << 3; x += x << 3;
                        inside.addAndGet(x == 1 ? 0 : -1);
                    }
                    """);
            notebook.run("%%gil 1\nparallel(3, i -> { for (int n = 0; n < 20_000; n++) alone(); });");

            assertThat(notebook.ask("most.get()")).isEqualTo("1");
            assertThat(notebook.displayed()).anyMatch(text -> text.startsWith("Under the global lock"));
        }
    }

    @Test
    void a_loop_gives_way_to_a_thread_that_has_waited_for_the_switch_interval() {
        try (var notebook = new Notebook()) {
            assertThat(notebook.ask("""
                            %%gil 1
                            int seen = 0; // plain: the lock makes it visible
                            parallel(() -> { while (seen == 0) { } }, () -> seen = 1);
                            seen""")).isEqualTo("1");
        }
    }

    @Test
    void what_waits_gives_the_lock_up() {
        for (String waits : List.of(
                "var all = new CyclicBarrier(2); parallel(2, i -> all.await());",
                "var l = new ReentrantLock(); parallel(2, i -> { l.lock(); Thread.sleep(1); l.unlock(); });",
                "var m = new Object(); parallel(2, i -> { synchronized (m) { Thread.sleep(1); } });",
                "class M { int n; synchronized void a() throws Exception { n++; if (n == 1) wait(); else notify(); } }"
                        + " var m = new M(); parallel(2, i -> m.a());",
                "var q = new ArrayBlockingQueue<Integer>(1); parallel(() -> q.take(), () -> q.put(1));",
                "var done = CompletableFuture.supplyAsync(() -> 7); done.get();",
                "try (var pool = Executors.newFixedThreadPool(2)) { var b = new CyclicBarrier(2);"
                        + " for (int i = 0; i < 2; i++) pool.submit(() -> b.await()); }",
                "var t = Thread.ofVirtual().start(() -> { for (int i = 0; i < 100; i++) { } }); t.join();",
                "IntStream.range(0, 100).parallel().map(i -> i * 2).sum();",
                "thread(() -> IO.println(1)).start().join();")) {
            try (var notebook = new Notebook()) {
                Evaluation ended = notebook.run("%%gil\n" + waits + "\nint done = 1;");

                assertThat(ended).as(waits).isInstanceOf(Evaluation.Done.class);
            }
        }
    }

    @Test
    void a_cell_that_loops_for_ever_under_the_lock_can_be_interrupted_and_leaves_nothing() throws Exception {
        try (var notebook = new Notebook()) {
            var running = notebook.interruptAfterPrint("""
                    %%gil
                    parallel(2, i -> { IO.println(i); while (true) { } });
                    """);

            assertThat(Notebook.words(running.get(20, TimeUnit.SECONDS))).isEqualTo("INTERRUPTED");
            assertThat(notebook.ask("%%gil\n1 + 1")).isEqualTo("2");
        }
    }

    @Test
    void a_holder_that_waits_without_giving_it_up_freezes_all_until_the_cell_is_interrupted() throws Exception {
        try (var notebook = new Notebook()) {
            var running = notebook.interruptAfterPrint("""
                    %%gil
                    var never = new CountDownLatch(1);
                    interface Waiting { void now() throws Exception; }
                    parallel(() -> { IO.println("go"); Waiting hidden = never::await; hidden.now(); },
                        () -> { while (true) { } });
                    """);

            assertThat(Notebook.words(running.get(20, TimeUnit.SECONDS))).isEqualTo("INTERRUPTED");
            assertThat(notebook.ask("%%gil\n1 + 1")).isEqualTo("2");
        }
    }

    @Test
    void an_exception_leaves_the_lock_free() {
        try (var notebook = new Notebook()) {
            assertThat(notebook.ask("%%gil\nparallel(2, i -> { if (i == 0) throw new IllegalStateException(); });"))
                    .isEqualTo("THREW java.lang.IllegalStateException");
            assertThat(notebook.ask("%%gil\nparallel(2, i -> sleep(1)); 3")).isEqualTo("3");
        }
    }

    @Test
    void other_cells_take_no_lock() {
        try (var notebook = new Notebook()) {
            notebook.run("var here = new AtomicInteger(); boolean[] met = {false};");
            notebook.run(
                    "%%gil\nvar background = thread(() -> { while (!met[0]) Thread.onSpinWait(); }).daemon(true).start();");
            notebook.run("""
                    parallel(2, i -> {
                        here.incrementAndGet();
                        while (here.get() < 2) { } // would never end if one kept the other out
                    });
                    met[0] = true;
                    """);

            assertThat(notebook.ask("here.get()")).isEqualTo("2");
        }
    }

    @Test
    void a_program_can_be_explored_in_a_cell_under_the_lock() {
        try (var notebook = new Notebook()) {
            notebook.run("int x;");

            assertThat(notebook.ask("""
                            %%gil
                            explore(() -> x = 2).thread(() -> x = x + 1).thread(() -> x = x * 2).outcome(() -> x).counts()
                            """)).isEqualTo("{3=2, 4=2, 5=1, 6=1}");
        }
    }

    @Test
    void a_switch_interval_that_is_none_is_refused_in_a_sentence() {
        try (var notebook = new Notebook()) {
            Evaluation refused = notebook.run("%%gil fast\nint never = 1;");

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Evaluation.Threw.class,
                            threw -> assertThat(threw.error().value())
                                    .isEqualTo(
                                            "Expected a switch interval in milliseconds, more than 0 and at most 60000, as in %%gil 50,"
                                                    + " found \"fast\". %%gil alone means 5, as in CPython."));
            assertThat(notebook.ask("never")).isEqualTo("REJECTED");
            assertThat(notebook.ask("int y = 1;\n%%gil\ny")).isEqualTo("THREW BadMagic");
        }
    }

    @Test
    void a_lock_made_by_hand_changes_hands_in_the_loops_of_ordinary_cells() {
        try (var notebook = new Notebook()) {
            assertThat(notebook.ask("""
                            var gil = globalLock(1);
                            int seen = 0;
                            parallel(() -> gil.run(() -> { while (seen == 0) { } }), () -> gil.run(() -> seen = 1));
                            seen""")).isEqualTo("1");
        }
    }
}
