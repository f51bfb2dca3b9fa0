package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Evaluation;

/// In one session, as in class: threads that an earlier cell has left in their deadlock are of no concern to
/// the next. In a session of its own each would be: what tells cells apart are the names of their classes.
@Timeout(120)
class DeadlockTest {
    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
        notebook.run("""
                import java.util.concurrent.locks.*;
                int kept = 41;
                CyclicBarrier both;
                void meet() { try { both.await(); } catch (Exception e) { throw new AssertionError(e); } }
                """);
    }

    @BeforeEach
    void meetAnew() {
        notebook.run("both = new CyclicBarrier(2);");
        notebook.drainDisplayed();
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @Test
    void a_deadlock_is_shown_while_the_cell_is_busy_and_the_cell_can_be_left() throws Exception {
        var running = notebook.start("""
                var a = new ReentrantLock(); var b = new ReentrantLock();
                void left() { a.lock(); meet();
                    b.lock(); }
                void right() { b.lock(); meet();
                    a.lock(); }
                var l = Thread.ofVirtual().name("L").start(() -> left());
                var r = Thread.ofPlatform().name("R").start(() -> right());
                l.join();
                """);
        String report = notebook.takeDisplayed().data().get("text/plain");

        assertThat(report)
                .contains("L holds a (taken in HERE, line 2) and waits for b (in HERE, line 3)".replace("HERE", here()))
                .contains(
                        "R holds b (taken in HERE, line 4) and waits for a (in HERE, line 5)".replace("HERE", here()));
        assertThat(running).isNotDone();
        notebook.interrupt();
        assertThat(running.join()).isInstanceOf(Evaluation.Interrupted.class);
        assertThat(notebook.ask("kept + 1")).isEqualTo("42");
    }

    @Test
    void a_lock_taken_and_wanted_in_one_line_has_that_line() throws Exception {
        String report = reported("""
                Object a = new Object(), b = new Object();
                var t = Thread.ofVirtual().start(() -> { synchronized (a) { meet(); synchronized (b) { } } });
                var u = Thread.ofPlatform().start(() -> { synchronized (b) { meet(); synchronized (a) { } } });
                t.join();
                """);

        assertThat(report)
                .contains("holds a (taken in HERE, line 2) and waits for b (in HERE, line 2)")
                .contains("holds b (taken in HERE, line 3) and waits for a (in HERE, line 3)");
    }

    @Test
    void a_lock_has_its_line_also_where_the_line_of_the_wait_gives_it_back() throws Exception {
        String report = reported("""
                Object a = new Object(), b = new Object();
                void left() { synchronized (a) {
                    meet();
                    synchronized (b) { } } }
                void right() { synchronized (b) {
                    meet();
                    synchronized (a) { } } }
                var t = Thread.ofVirtual().start(() -> left());
                var u = Thread.ofPlatform().start(() -> right());
                t.join();
                """);

        assertThat(report)
                .contains("holds a (taken in HERE, line 2) and waits for b (in HERE, line 4)")
                .contains("holds b (taken in HERE, line 5) and waits for a (in HERE, line 7)");
    }

    @Test
    void a_synchronized_method_has_the_line_in_which_it_begins() throws Exception {
        String report = reported("""
                class Account {
                    synchronized void pay(Account to) {
                        meet();
                        to.take();
                    }
                    synchronized void take() {
                        kept++;
                    }
                }
                var a = new Account(); var b = new Account();
                var t = Thread.ofPlatform().start(() -> a.pay(b));
                var u = Thread.ofPlatform().start(() -> b.pay(a));
                t.join();
                """);

        assertThat(report)
                .contains("holds a (taken in HERE, line 3) and waits for b (in HERE, line 7)")
                .contains("holds b (taken in HERE, line 3) and waits for a (in HERE, line 7)");
    }

    @Test
    void a_read_write_lock_taken_through_its_halves_has_its_line() throws Exception {
        String report = reported("""
                var a = new ReentrantReadWriteLock(); var b = new ReentrantReadWriteLock();
                void left() { a.writeLock().lock();
                    meet();
                    b.writeLock().lock(); }
                void right() { b.writeLock().lock();
                    meet();
                    a.writeLock().lock(); }
                var t = Thread.ofVirtual().start(() -> left());
                var u = Thread.ofPlatform().start(() -> right());
                t.join();
                """);

        assertThat(report)
                .contains("holds a (taken in HERE, line 2) and waits for b (in HERE, line 4)")
                .contains("holds b (taken in HERE, line 5) and waits for a (in HERE, line 7)");
    }

    private static String here() {
        return "cell " + notebook.count();
    }

    /// {@return the report on a cell that ends in a deadlock, with the word HERE for the cell}
    private static String reported(String deadlocking) throws Exception {
        var running = notebook.start(deadlocking);
        String report = notebook.takeDisplayed().data().get("text/plain");
        String cell = here();
        notebook.interrupt();
        running.join();

        return report.replace(cell + ",", "HERE,");
    }
}
