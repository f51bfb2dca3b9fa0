package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Evaluation;

@Timeout(120)
class DeadlockTest {

    @Test
    void a_deadlock_is_shown_while_the_cell_is_busy_and_the_cell_can_be_left() throws Exception {
        try (var notebook = new Notebook()) {
            notebook.run("""
                    import java.util.concurrent.locks.*;
                    var a = new ReentrantLock(); var b = new ReentrantLock();
                    var both = new CyclicBarrier(2);
                    void meet() { try { both.await(); } catch (Exception e) { throw new AssertionError(e); } }
                    int kept = 41;
                    """);

            var running = notebook.start("""
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
                    .contains("L holds a (taken in cell 2, line 1) and waits for b (in cell 2, line 2)")
                    .contains("R holds b (taken in cell 2, line 3) and waits for a (in cell 2, line 4)");
            assertThat(running).isNotDone();
            notebook.interrupt();
            assertThat(running.join()).isInstanceOf(Evaluation.Interrupted.class);
            assertThat(notebook.ask("kept + 1")).isEqualTo("42");
        }
    }
}
