package threadbook.kernel.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DoingTest {
    private static final StackTraceElement LINE = frame("REPL.$JShell$7", "do_it$", "cell 3", 2);

    @Test
    void names_the_line_of_the_cell_and_the_call_made_there() {
        var stack = List.of(frame("java.lang.Thread", "sleep", "Thread.java", 500), LINE);

        assertThat(Doing.words(stack, Thread.State.TIMED_WAITING)).isEqualTo("waits in Thread.sleep (cell 3, line 2)");
    }

    @Test
    void says_nothing_of_what_was_woven_in_before_the_first_line_of_a_method() {
        var stack = List.of(
                frame("threadbook.runtime.StopSites", "pass", "StopSites.java", 60),
                frame("REPL.$JShell$7", "lambda$1", "cell 3", -1),
                LINE);

        assertThat(Doing.words(stack, Thread.State.RUNNABLE)).isEqualTo("runs (cell 3, line 2)");
    }

    private static StackTraceElement frame(String type, String method, String file, int line) {
        return new StackTraceElement(type, method, file, line);
    }
}
