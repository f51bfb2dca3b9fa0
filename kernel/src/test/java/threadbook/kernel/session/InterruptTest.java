package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.kernel.cell.Evaluation;

/// Each cell hangs for ever unless the interrupt ends it.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InterruptTest {
    private static final String STALE = """
            boolean go;
            Thread waiting;
            do { // until the loop was compiled before the other thread wrote
                go = false;
                waiting = Thread.ofPlatform().daemon().start(() -> { while (!go) {} });
                Thread.sleep(300);
                go = true;
                waiting.join(300);
            } while (!waiting.isAlive());
            IO.println("stale");
            waiting.join();
            """;

    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
        notebook.run("""
                int kept = 41;
                boolean plain;
                int fib(int n) { return fib(n - 1) + fib(n + 1); }
                void forEver() { try { forEver(); } finally { forEver(); } }
                """);
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(1_000_000);",
                "while (true) {}",
                "for (int i = 0; ; i++) for (int j = 0; j < Integer.MAX_VALUE; j++) kept += 0;",
                "for (;;) try { while (true) {} } catch (Throwable t) {}",
                "while (true) try { Thread.sleep(1_000_000); } catch (InterruptedException e) {}",
                "forEver();",
                "while (!plain) {}",
                "do { switch (kept) { case 1: break; default: continue; } } while (true);",
                "class Looping { static { while (kept > 0) {} } } new Looping();",
                "Thread.ofPlatform().start(() -> { while (true) {} }).join();",
                "Thread.ofVirtual().start(() -> { while (true) {} }).join();",
                "CompletableFuture.runAsync(() -> { while (true) {} }).join();",
                "IntStream.range(0, 100).parallel().forEach(i -> { while (true) {} });",
                "try (var pool = Executors.newFixedThreadPool(2)) { pool.submit(() -> { while (true) {} }).get(); }",
                "try (var pool = Executors.newVirtualThreadPerTaskExecutor()) { pool.submit(() -> { Thread.sleep(1_000_000); return 1; }).get(); }",
                "new Semaphore(0).acquire();",
                "synchronized (this_()) { this_().wait(); }",
                "LongStream.iterate(0, i -> i + 1).filter(i -> i < 0).findFirst()",
                "new Object() { public String toString() { while (true) {} } }",
                "Stream.of(3, 1, 2).sorted((a, b) -> { while (true) {} }).toList()",
                "throw new RuntimeException() { public String getMessage() { while (true) {} } };",
            })
    void an_interrupt_ends_the_cell_and_keeps_the_variables(String code) throws Exception {
        notebook.run("Object monitor = new Object(); Object this_() { return monitor; }");

        var ended =
                notebook.interruptAfterPrint("IO.println(\"begins\"); " + code).get();

        assertThat(Notebook.words(ended)).isEqualTo("INTERRUPTED");
        assertThat(notebook.ask("kept + 1")).isEqualTo("42");
    }

    @Test
    void every_thread_of_the_cell_ends_and_no_other() throws Exception {
        notebook.run("long other; var survivor = Thread.ofPlatform().daemon().start(() -> { while (true) other++; });");

        notebook.interruptAfterPrint("""
                        long own;
                        var platform = Thread.ofPlatform().daemon().start(() -> { while (true) own++; });
                        var virtual = Thread.ofVirtual().start(() -> { while (true) own++; });
                        var sleeping = Thread.ofVirtual().start(() -> { try { Thread.sleep(1_000_000); } catch (InterruptedException e) {} });
                        var pooled = CompletableFuture.runAsync(() -> { while (true) own++; });
                        IO.println("begins");
                        Thread.sleep(1_000_000);
                        """).get();

        assertThat(
                        notebook.ask(
                                "platform.join(); virtual.join(); sleeping.join(); pooled.isDone() || pooled.handle((a, e) -> 1).join() == 1"))
                .isEqualTo("true");
        assertThat(notebook.ask("long before = other; while (other == before) Thread.onSpinWait(); survivor.isAlive()"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new CompletableFuture<>().join();",
                "taken.lock();",
                "new Semaphore(0).acquireUninterruptibly();",
                "while (true) java.util.concurrent.locks.LockSupport.park();",
                "LongStream.iterate(0, Math::abs).sum();",
                "new BigInteger(200_000, new Random(1)).setBit(0).isProbablePrime(1000);",
                "Executors.newFixedThreadPool(1).submit(taken::lock).get();",
                "Thread.ofPlatform().start(taken::lock).join();",
                "Thread.ofVirtual().start(taken::lock).join();",
                "Thread.ofVirtual().start(new CompletableFuture<>()::join).join();",
                "Thread.ofVirtual().start(new Semaphore(0)::acquireUninterruptibly).join();",
                "Thread.ofVirtual().start(() -> LongStream.iterate(0, Math::abs).sum()).join();",
            })
    void what_ignores_interrupts_inside_the_jdk_ends_too_and_leaves_no_thread(String code) throws Exception {
        notebook.run("""
                var taken = new java.util.concurrent.locks.ReentrantLock();
                Thread.ofPlatform().daemon().start(taken::lock).join();
                """);

        var ended =
                notebook.interruptAfterPrint("IO.println(\"begins\"); " + code).get();

        assertThat(report(ended)).contains("interrupted").doesNotContain("left behind");
        assertThat(notebook.ask("kept + 1")).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ofPlatform", "ofVirtual"})
    void threads_that_nobody_waits_for_end_as_well(String kind) throws Exception {
        notebook.interruptAfterPrint("""
                var never = new CompletableFuture<Integer>();
                var full = new Semaphore(0);
                var left = List.of(
                        Thread.%1$s().start(never::join),
                        Thread.%1$s().start(full::acquireUninterruptibly),
                        Thread.%1$s().start(() -> LongStream.iterate(0, Math::abs).sum()));
                IO.println("begins");
                never.join();
                """.formatted(kind)).get();

        assertThat(notebook.ask("for (Thread thread : left) thread.join(); kept + 1"))
                .isEqualTo("42");
    }

    @Test
    void the_error_says_that_state_may_be_damaged_where_the_jdk_was_left_midway() throws Exception {
        var midway = notebook.interruptAfterPrint("IO.println(1); new CompletableFuture<>().join();");
        assertThat(report(midway.get())).contains("may be damaged");

        var clean = notebook.interruptAfterPrint("IO.println(1); Thread.sleep(1_000_000);");
        assertThat(report(clean.get())).doesNotContain("damaged");
    }

    @Test
    void a_thread_that_nothing_can_stop_is_left_behind_with_an_explanation() throws Exception {
        notebook.run("""
                Object held = new Object();
                var entered = new CountDownLatch(1);
                Thread.ofPlatform().daemon().name("keeper").start(() -> {
                    synchronized (held) {
                        entered.countDown();
                        try { Thread.sleep(1_000_000); } catch (InterruptedException e) {}
                    }
                });
                entered.await();
                """);
        int keeping = notebook.count();
        var ended = notebook.interruptAfterPrint("""
                IO.println("begins");
                synchronized (held) {}
                """).get();
        int left = notebook.count();

        assertThat(report(ended))
                .contains("cannot be stopped")
                .contains(("thread \"cell %2$d\" waits for held (in cell %2$d, line 2), which thread \"keeper\" of"
                                + " cell %1$d holds (taken in cell %1$d, line 4); that one waits in Thread.sleep"
                                + " (cell %1$d, line 6)")
                        .formatted(keeping, left));
        assertThat(notebook.ask("kept + 1")).isEqualTo("42");
    }

    @Test
    void the_error_says_what_each_thread_was_doing_and_who_holds_what_it_waits_for() throws Exception {
        var ended = notebook.interruptAfterPrint("""
                var door = new java.util.concurrent.locks.ReentrantLock();
                var shut = new CountDownLatch(1);
                var owner = Thread.ofVirtual().name("owner").start(() -> {
                    door.lock();
                    shut.countDown();
                    try { Thread.sleep(1_000_000); } catch (InterruptedException e) {}
                });
                shut.await();
                var guest = Thread.ofPlatform().name("guest").start(() -> door.lock());
                while (guest.getState() != Thread.State.WAITING) Thread.onSpinWait();
                while (owner.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
                var own = Thread.currentThread();
                Thread.ofPlatform().start(() -> { while (own.getState() != Thread.State.WAITING) {} IO.println(1); });
                owner.join();
                """).get();
        String here = "cell " + notebook.count();

        assertThat(report(ended))
                .contains("thread \"" + here + "\" waits in Thread.join (" + here + ", line 14)")
                .contains("virtual thread \"owner\" of " + here + " waits in Thread.sleep (" + here
                        + ", line 6); it holds door")
                .contains("thread \"guest\" of " + here + " waits for door (in " + here
                        + ", line 9), which virtual thread \"owner\" of " + here + " holds (taken in " + here
                        + ", line 4)");
    }

    @Test
    void an_interrupt_before_the_cell_is_evaluated_is_not_lost_and_not_the_next_ones() {
        var ended = notebook.runInterruptedBefore("kept = 0;");

        assertThat(Notebook.words(ended)).isEqualTo("INTERRUPTED");
        assertThat(notebook.ask("kept + 1")).isEqualTo("42");
    }

    @Test
    void an_interrupt_while_a_magic_runs_ends_the_cell_before_its_java() {
        var ended = notebook.runInterruptedWhilePrinting("%threads\nkept = 0;");

        assertThat(Notebook.words(ended)).isEqualTo("INTERRUPTED");
        assertThat(notebook.ask("kept + 1")).isEqualTo("42");
    }

    @Test
    void an_interrupt_without_a_cell_does_nothing() {
        notebook.interrupt();

        assertThat(notebook.ask("1 + 1")).isEqualTo("2");
    }

    @Test
    void a_loop_that_waits_for_a_plain_field_sees_it_stale_until_interrupted() throws Exception {
        var ended = notebook.interruptAfterPrint(STALE).get();

        assertThat(Notebook.words(ended)).isEqualTo("INTERRUPTED");
    }

    @Test
    void a_thread_left_behind_in_native_code_changes_nothing_of_what_other_threads_see() throws Exception {
        notebook.interruptAfterPrint("IO.println(1); new ServerSocket(0).accept();")
                .get();

        var ended = notebook.interruptAfterPrint(STALE).get();

        assertThat(Notebook.words(ended)).isEqualTo("INTERRUPTED");
    }

    @Test
    void threads_that_wait_for_ever_for_each_other_s_classes_change_nothing_of_what_other_threads_see()
            throws Exception {
        notebook.interruptAfterPrint("""
                var both = new CyclicBarrier(2);
                void meet() { try { both.await(); } catch (Exception e) { throw new RuntimeException(e); } }
                class One { static { meet(); Two.touch(); } static void touch() {} }
                class Two { static { meet(); One.touch(); } static void touch() {} }
                var one = Thread.ofPlatform().start(() -> One.touch());
                var two = Thread.ofPlatform().start(() -> Two.touch());
                IO.println(1);
                one.join();
                """).get();

        var ended = notebook.interruptAfterPrint(STALE).get();

        assertThat(Notebook.words(ended)).isEqualTo("INTERRUPTED");
    }

    private static String report(Evaluation ended) {
        return ended instanceof Evaluation.Interrupted(var error)
                ? String.join("\n", error.traceback())
                : Notebook.words(ended);
    }
}
