package threadbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.runtime.Explained;

@Timeout(20)
class ErrorRendererTest {
    private static final String TOP = "REPL.$JShell$22";

    @Test
    void only_the_users_frames_are_shown_with_cell_and_line() {
        var exception = at(
                new ArithmeticException("/ by zero"),
                frame(TOP, "divide", 3),
                new StackTraceElement("java.util.ArrayList", "forEach", "ArrayList.java", 1596),
                frame(TOP, "lambda$do_it$$0", 5),
                frame(TOP + "$Node", "add", 6),
                frame(TOP + "$Node", "<init>", 7),
                frame(TOP, "lambda$increase$1", 8),
                frame(TOP, "do_it$", 9),
                new StackTraceElement("threadbook.kernel.cell.JavaSession", "run", "JavaSession.java", 40));

        assertThat(lines(exception))
                .containsExactly(
                        "java.lang.ArithmeticException: / by zero",
                        "  at divide (cell 7, line 3)",
                        "  at lambda (cell 7, line 5)",
                        "  at Node.add (cell 7, line 6)",
                        "  at new Node (cell 7, line 7)",
                        "  at lambda in increase (cell 7, line 8)",
                        "  at top level (cell 7, line 9)");
    }

    @Test
    void name_and_value_are_the_exceptions_own() {
        ErrorReport report = new ErrorRenderer(UnaryOperator.identity()).render(new IllegalStateException("closed"));

        assertThat(report.name()).isEqualTo("java.lang.IllegalStateException");
        assertThat(report.value()).isEqualTo("closed");
    }

    @Test
    void names_inside_messages_are_the_users() {
        var cast = new ClassCastException("class REPL.$JShell$11$A cannot be cast to class REPL.$JShell$12$B"
                + " (REPL.$JShell$11$A and REPL.$JShell$12$B are in unnamed module of loader CellLoader @1f)");
        var missing = new NullPointerException(
                "Cannot invoke \"REPL.$JShell$2$Node.next()\" because \"REPL.$JShell$3.head\" is null");

        assertThat(lines(at(cast))).first().asString().endsWith(": class A cannot be cast to class B");
        assertThat(lines(at(missing)))
                .first()
                .asString()
                .endsWith(": Cannot invoke \"Node.next()\" because \"head\" is null");
    }

    @Test
    void causes_and_suppressed_exceptions_follow() {
        var cause = at(new IllegalStateException("boom"), frame(TOP, "work", 2), frame(TOP, "do_it$", 4));
        var outer = at(new CompletionException(cause), frame(TOP, "do_it$", 4));
        outer.addSuppressed(at(new IllegalArgumentException("close"), frame(TOP, "close", 1)));

        assertThat(lines(outer))
                .containsExactly(
                        "java.util.concurrent.CompletionException",
                        "  at top level (cell 7, line 4)",
                        "  Suppressed: java.lang.IllegalArgumentException: close",
                        "    at close (cell 7, line 1)",
                        "Caused by: java.lang.IllegalStateException: boom",
                        "  at work (cell 7, line 2)");
    }

    @Test
    void a_cycle_of_causes_ends() {
        var first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));

        assertThat(lines(at(first)))
                .filteredOn(line -> line.contains("RuntimeException"))
                .containsExactly(
                        "java.lang.RuntimeException: first",
                        "Caused by: java.lang.RuntimeException: second",
                        "Caused by: java.lang.RuntimeException (shown above)");
    }

    @Test
    void causes_without_end_are_cut() {
        assertThat(lines(new Endless())).hasSizeLessThan(200).last().asString().contains("… and more");
    }

    @Test
    void an_explained_exception_is_its_message_alone() {
        final class Hint extends RuntimeException implements Explained {
            Hint() {
                super("Take the lock first.", new RuntimeException("inner"));
            }
        }

        assertThat(lines(new Hint())).containsExactly("Take the lock first.");
    }

    @Test
    void a_misbehaving_exception_is_still_an_error() {
        var report = new ErrorRenderer(UnaryOperator.identity()).render(new Misbehaving());

        assertThat(report.name()).endsWith("Misbehaving");
        assertThat(report.value()).isEqualTo("(its getMessage() threw java.lang.IllegalStateException)");
        assertThat(report.traceback()).isNotEmpty();
    }

    @Test
    void a_deep_recursion_is_told_in_a_few_lines() {
        var frames = new ArrayList<StackTraceElement>();
        frames.addAll(Collections.nCopies(1000, frame(TOP, "down", 2)));
        frames.add(frame(TOP, "do_it$", 5));

        assertThat(lines(at(new StackOverflowError(), frames.toArray(StackTraceElement[]::new))))
                .containsExactly(
                        "java.lang.StackOverflowError",
                        "  at down (cell 7, line 2)",
                        "     … 999 more times the line above",
                        "  at top level (cell 7, line 5)");
    }

    @Test
    void frames_of_others_are_left_out_where_the_cause_has_some_of_the_user() {
        var cause = at(new ArithmeticException("/ by zero"), frame(TOP, "lambda$do_it$Aux$0", 1));
        var outer = at(
                new CompletionException(cause),
                new StackTraceElement("java.util.concurrent.CompletableFuture", "join", "CompletableFuture.java", 9));

        assertThat(lines(outer))
                .containsExactly(
                        "java.util.concurrent.CompletionException",
                        "Caused by: java.lang.ArithmeticException: / by zero",
                        "  at lambda (cell 7, line 1)");
    }

    @Test
    void where_no_frame_is_the_users_the_first_few_are_shown() {
        var exception =
                at(new OutOfMemoryError("heap"), new StackTraceElement("java.util.Arrays", "copyOf", "Arrays.java", 7));

        assertThat(lines(exception)).last().asString().isEqualTo("  at java.util.Arrays.copyOf(Arrays.java:7)");
    }

    private static final class Endless extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }

    private static final class Misbehaving extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    private static List<String> lines(Throwable exception) {
        return new ErrorRenderer(UnaryOperator.identity())
                .render(exception).traceback().stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                        .toList();
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, "cell 7", line);
    }

    private static <T extends Throwable> T at(T exception, StackTraceElement... frames) {
        exception.setStackTrace(frames);
        return exception;
    }
}
