package threadbook.lab.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import threadbook.lab.process.travel.Answer;
import threadbook.lab.process.travel.Order;

/// A JVM that runs lambdas, and the two ways between it and this process. Any thread may use it.
///
/// Two threads of its own read what comes. They belong to no cell: a cell that is interrupted ends the process, after
/// which they end by themselves.
final class Link {
    private final Process process;
    private final DataOutputStream out; // guarded by itself
    private volatile Answer.Receiver receiver; // changed when a warm process finds its use
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private Link(Process process, Answer.Receiver receiver) {
        this.process = process;
        this.receiver = receiver;
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    }

    /// Starts a JVM; returns before it is up.
    ///
    /// @param name      of the threads that read
    /// @param receiver  called by these threads
    static Link start(String name, Answer.Receiver receiver) {
        Process process;
        try {
            process = new ProcessBuilder(JvmCommand.words()).start();
        } catch (IOException e) {
            throw NoSuchProgramException.of(JvmCommand.words(), e);
        }
        var link = new Link(process, receiver);
        try {
            Thread errors = reader("errors of " + name, link::readErrors);
            reader("answers of " + name, () -> link.readAnswers(errors));
        } catch (OutOfMemoryError e) { // no thread: nobody would ever hear of it
            process.destroyForcibly();
            throw e;
        }
        return link;
    }

    private static Thread reader(String name, Runnable reads) {
        return Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(reads);
    }

    private void readAnswers(Thread errors) {
        try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
            while (true) {
                Answer answer = Answer.read(in);
                try {
                    answer.to(receiver);
                } catch (RuntimeException e) { // the boundary: one answer that nobody can take must not end the reading
                    System.err.println("What a process said was lost: " + e);
                }
            }
        } catch (IOException _) {
            // it has ended
        } finally {
            end(errors);
        }
    }

    private void end(Thread errors) {
        process.destroyForcibly(); // if it has closed the answers and lives on, nobody would hear of it
        int exit = await();
        try {
            errors.join(500); // its last words first; somebody else may hold the pipe open
        } catch (InterruptedException _) {
            // nobody's business: the process has ended
        }
        receiver.ended(exit);
        ended.complete(exit);
    }

    private int await() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException _) {
                // this thread is nobody's to interrupt
            }
        }
    }

    private void readErrors() {
        byte[] some = new byte[1 << 14];
        try (InputStream in = process.getErrorStream()) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                receiver.printed(true, java.util.Arrays.copyOf(some, read));
            }
        } catch (IOException _) {
            // it has ended
        }
    }

    /// From now on somebody else hears what it says.
    void tell(Answer.Receiver other) {
        receiver = other;
    }

    /// Tells the process something; may block until it reads.
    ///
    /// @throws UncheckedIOException  if it has ended
    void send(Order order) {
        synchronized (out) {
            try {
                order.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException("process %d does not listen any more".formatted(pid()), e);
            }
        }
    }

    /// Ends the process at once, with all that it has started.
    void kill() {
        new Family(process.toHandle()).end();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// {@return the exit code}, empty while it runs
    Optional<Integer> exit() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /// {@return completed with the exit code when all that it said has been heard}
    CompletableFuture<Integer> ended() {
        return ended;
    }
}
