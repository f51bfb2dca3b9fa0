package threadbook.lab.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.Ran.Seen;
import threadbook.lab.thread.WaitInterruptedException;

/// A program with its arguments that has been described but not run: call [#run].
///
/// Immutable. A list of texts, not a line for a shell: no character in an argument means anything special.
///
/// ```java
/// command("sort").input("b\na\n").timeout(1000).run().out()       // a, b
/// ```
public final class Command {
    private static final Duration LAST_WORDS = Duration.ofMillis(500); // for outputs that others hold open

    private final List<String> words;
    private final @Nullable Duration timeout;
    private final @Nullable String input;
    private final @Nullable String folder;

    private Command(List<String> words, @Nullable Duration timeout, @Nullable String input, @Nullable String folder) {
        this.words = List.copyOf(words);
        this.timeout = timeout;
        this.input = input;
        this.folder = folder;
    }

    /// {@return a command without time limit, whose standard input is empty}
    ///
    /// @param words  the program, then its arguments
    public static Command of(String... words) {
        if (words.length == 0 || words[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected a program to run, as in run(\"java\", \"-version\"); found none");
        }
        return new Command(List.of(words), null, null, null);
    }

    /// {@return the same, which is ended when it has not ended by itself}
    ///
    /// @param millis  milliseconds, at least 1
    public Command timeout(long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("timeout needs at least 1 ms, found " + millis);
        }
        return new Command(words, Duration.ofMillis(millis), input, folder);
    }

    /// {@return the same, with this text as standard input, in UTF-8}
    public Command input(String text) {
        return new Command(words, timeout, text, folder);
    }

    /// {@return the same, run in another folder than the notebook's}
    public Command in(String folder) {
        return new Command(words, timeout, input, folder);
    }

    /// Runs the program and waits for its end, reading both outputs all the time.
    ///
    /// Processes that it leaves running are ended, and named in the result. An interrupt ends all of them too.
    ///
    /// @return how it ended, whatever its exit code
    /// @throws NoSuchProgramException    if it cannot be started
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public Ran run() {
        Optional<Duration> cpuBefore = ChildrenTime.soFar();
        long begun = System.nanoTime();
        Process process = start();
        var family = new Family(process.toHandle());
        try {
            String name = ProcessTree.name(process.toHandle());
            Drained out = Drained.start(process.getInputStream(), "output of " + name);
            Drained err = Drained.start(process.getErrorStream(), "errors of " + name);
            feed(process.getOutputStream());
            boolean timedOut = !await(process, family, begun);
            if (timedOut) {
                family.end();
                process.waitFor();
            }
            Duration wall = Duration.ofNanos(System.nanoTime() - begun);
            List<Seen> left = family.end();
            if (!out.await(LAST_WORDS.toMillis()) || !err.await(LAST_WORDS.toMillis())) {
                process.destroyForcibly(); // closes the pipes: somebody unknown holds them open
            }
            return new Ran(
                    words,
                    process.pid(),
                    process.exitValue(),
                    timedOut,
                    out.text(),
                    err.text(),
                    out.total(),
                    err.total(),
                    wall,
                    spent(cpuBefore),
                    family.seen(),
                    timedOut ? List.of() : left);
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag(String.join(" ", words));
        } finally {
            family.end(); // also if the system refused a thread
        }
    }

    private static Optional<Duration> spent(Optional<Duration> before) {
        return before.flatMap(then -> ChildrenTime.soFar().map(now -> now.minus(then)));
    }

    private Process start() {
        var builder = new ProcessBuilder(new ArrayList<>(words));
        if (folder != null) {
            var in = new File(folder);
            if (!in.isDirectory()) {
                throw new IllegalArgumentException("Expected a folder to run %s in; \"%s\" is none"
                        .formatted(words.getFirst(), in.getAbsolutePath()));
            }
            builder.directory(in);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw NoSuchProgramException.of(words, e);
        }
    }

    private void feed(OutputStream stdin) {
        String text = input;
        Thread.ofPlatform().daemon().name("input of " + words.getFirst()).start(() -> {
            try (stdin) {
                if (text != null) {
                    stdin.write(text.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException _) {
                // it did not want all of it, or has ended: nothing to tell anybody
            }
        });
    }

    private boolean await(Process process, Family family, long begun) throws InterruptedException {
        long pause = TimeUnit.MILLISECONDS.toNanos(1);
        while (true) {
            long left = timeout == null ? Long.MAX_VALUE : timeout.toNanos() - (System.nanoTime() - begun);
            if (left <= 0) {
                return !process.isAlive();
            }
            if (process.waitFor(Math.min(pause, left), TimeUnit.NANOSECONDS)) {
                return true;
            }
            family.look();
            pause = Math.min(2 * pause, TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Override
    public String toString() {
        return "command %s, described but not run: call run()".formatted(String.join(" ", words));
    }
}
