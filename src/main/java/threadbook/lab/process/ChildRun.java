package threadbook.lab.process;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import threadbook.lab.figure.Html;
import threadbook.lab.process.travel.Answer;
import threadbook.lab.process.travel.Luggage;
import threadbook.lab.process.travel.Order;
import threadbook.lab.process.travel.Values;
import threadbook.lab.thread.WaitInterruptedException;

/// A JVM that was started for a lambda, ran it, and ended as every Java program does: when all its threads but
/// daemons had ended.
///
/// ```java
/// childJvm(() -> thread(() -> IO.println("saved")).daemon(false).start()).out()   // saved
/// ```
///
/// @param exit  its exit code: 0 if the body came to an end, 1 if it threw
/// @param out   what it wrote to standard output; of more than 16 MB only the beginning
/// @param err   what it wrote to standard error, with the stack trace if the body threw
/// @param wall  from the start of the process to its end
public record ChildRun(int exit, String out, String err, Duration wall) {
    private static final int LIMIT = 16 << 20;

    /// Starts a JVM and waits for its end.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted; the JVM is ended before
    public static ChildRun of(Serializable body) {
        long begun = System.nanoTime();
        ClassLoader loader = body.getClass().getClassLoader();
        var ears = new Ears(loader == null ? ClassLoader.getSystemClassLoader() : loader);
        Link link = Link.start("child JVM", ears);
        boolean over = false;
        try {
            Luggage luggage = Luggage.of("The body of the child JVM", body);
            send(link, luggage);
            ears.over.await();
            over = true;
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("childJvm");
        } finally {
            if (!over) {
                link.kill();
            }
        }
        return new ChildRun(
                link.exit().orElseThrow(),
                ears.text(ears.out),
                ears.text(ears.err),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private static void send(Link link, Luggage luggage) {
        try {
            link.send(new Order.Define(false, luggage.classes()));
            link.send(new Order.Keep(luggage.values()));
            link.send(new Order.Call(1, new byte[0]));
            link.send(new Order.Finish());
        } catch (UncheckedIOException _) {
            // it has ended already: its exit code and its errors say why
        }
    }

    private static final class Ears implements Answer.Receiver {
        private final ClassLoader program;
        private final CountDownLatch over = new CountDownLatch(1);
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(); // guarded by this
        private final ByteArrayOutputStream err = new ByteArrayOutputStream(); // guarded by this

        Ears(ClassLoader program) {
            this.program = program;
        }

        @Override
        public void ready() {}

        @Override
        public synchronized void printed(boolean error, byte[] text) {
            ByteArrayOutputStream to = error ? err : out;
            to.write(text, 0, Math.clamp(LIMIT - to.size(), 0, text.length));
        }

        synchronized String text(ByteArrayOutputStream of) {
            return of.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void returned(Answer.Returned answer) {}

        @Override
        public void threw(Answer.Threw answer) {
            printed(true, trace(answer).getBytes(StandardCharsets.UTF_8));
        }

        private String trace(Answer.Threw answer) {
            try {
                var text = new java.io.StringWriter();
                ((Throwable) java.util.Objects.requireNonNull(Values.read(answer.throwable(), program)))
                        .printStackTrace(new java.io.PrintWriter(text));
                return "Exception in thread \"main\" " + text;
            } catch (java.io.IOException | ClassNotFoundException | LinkageError e) {
                return "Exception in thread \"main\", which could not be read: " + e + "\n";
            }
        }

        @Override
        public void ended(int exit) {
            over.countDown();
        }
    }

    /// {@return the wall-clock time in milliseconds}
    public double ms() {
        return wall.toNanos() / 1e6;
    }

    /// {@return how it ended and what it wrote, as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", "<pre>" + Html.escape(toString()) + "</pre>", "text/plain", toString());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s; %.1f ms", Signals.words(exit), ms())
                + (out.isEmpty()
                        ? ""
                        : "\nout:\n" + out.stripTrailing().indent(2).stripTrailing())
                + (err.isEmpty()
                        ? ""
                        : "\nerr:\n" + err.stripTrailing().indent(2).stripTrailing());
    }
}
