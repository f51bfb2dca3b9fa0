package threadbook.lab.process;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Answer;
import threadbook.lab.process.travel.CannotTravelException;
import threadbook.lab.process.travel.Luggage;
import threadbook.lab.process.travel.Order;
import threadbook.lab.process.travel.Values;
import threadbook.lab.thread.WaitInterruptedException;

/// A process that runs a lambda, started by [ChildBuilder]. Any thread may use it.
///
/// What it prints appears under the cell that started it. What its body throws is reported there too, unless
/// somebody has asked for the [#result], which then throws it. When its cell is interrupted it ends.
///
/// @param <T>  what the body returns; [Void] if nothing
public final class Child<T> {
    private static final long CALL = 1;

    private final String name;
    private final boolean daemon;
    private final ClassLoader program;
    private final CellOutput output = CellOutput.ofCurrentThread();
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1); // and everything was shown
    private final Link link;
    private volatile boolean asked; // for the result
    private volatile @Nullable Throwable thrown;

    Child(String name, Serializable body, boolean daemon) {
        this.name = name;
        this.daemon = daemon;
        ClassLoader loader = body.getClass().getClassLoader();
        program = loader == null ? ClassLoader.getSystemClassLoader() : loader;
        link = Link.start("process " + name, new Ears());
        keep();
    }

    /// A thread of the cell that stands for the process: as long as it lives, the cell has something running; an
    /// interrupt of the cell reaches it; and it keeps a JVM from ending, unless the process is a daemon.
    private void keep() {
        boolean kept = false;
        try {
            Thread.ofPlatform().name("process " + name).daemon(daemon).start(() -> {
                try {
                    over.await();
                } catch (InterruptedException _) { // the end of this thread: its cell is left
                    kill();
                }
            });
            kept = true;
        } finally {
            if (!kept) { // the system refused a thread
                link.kill();
            }
        }
    }

    /// Hands over what is to be run.
    void begin(Luggage luggage) {
        try {
            link.send(new Order.Define(false, luggage.classes()));
            link.send(new Order.Keep(luggage.values()));
            link.send(new Order.Call(CALL, new byte[0]));
            link.send(new Order.Finish());
        } catch (UncheckedIOException _) {
            // it was killed meanwhile, or could not start: join and result say how it ended
        }
    }

    /// {@return its id in the operating system}
    public long pid() {
        return link.pid();
    }

    /// {@return what it is called}
    public String name() {
        return name;
    }

    /// {@return whether it runs}
    public boolean alive() {
        return link.alive();
    }

    /// {@return its exit code}: 0 if its body came to an end, 1 if it threw, 128 and the number of the signal if
    /// one ended it; empty while it runs
    public Optional<Integer> exitCode() {
        return over.getCount() == 0 ? link.exit() : Optional.empty();
    }

    /// Waits for the end of the process.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public void join() {
        try {
            over.await();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("join of process " + name);
        }
    }

    /// Waits for the end of the process, at most so long.
    ///
    /// @param millis  milliseconds, at least 0
    /// @return whether it has ended
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public boolean join(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("join of process " + name);
        }
    }

    /// Waits for what the body returns; it may come before the process has ended.
    ///
    /// @throws ChildFailedException      if the body threw, or the process ended before it returned
    /// @throws CannotTravelException     if the body returned something that cannot be written for this process
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    @SuppressWarnings("unchecked") // the body's type says it
    public T result() {
        asked = true;
        try {
            return (T) result.get();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("the wait for the result of process " + name);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case CannotTravelException cannot -> cannot;
                case Throwable cause -> failure(cause);
                case null -> new IllegalStateException("a failed future has no cause", e);
            };
        }
    }

    private ChildFailedException failure(Throwable cause) {
        return cause instanceof ChildFailedException already
                ? new ChildFailedException(String.valueOf(already.getMessage()))
                : new ChildFailedException("process %s failed: %s".formatted(name, cause), cause);
    }

    /// Ends the process at once, with all that it has started. It gets no chance to clean up.
    public void kill() {
        link.kill();
    }

    private final class Ears implements Answer.Receiver {
        @Override
        public void ready() {}

        @Override
        public void printed(boolean error, byte[] text) {
            output.text(error, text);
        }

        @Override
        public void returned(Answer.Returned answer) {
            if (!answer.changed().isEmpty()) {
                output.show(Note.changed("The process " + name, answer.changed()));
            }
            try {
                result.complete(Values.read(answer.value(), program));
            } catch (IOException | ClassNotFoundException | LinkageError e) {
                result.completeExceptionally(new ChildFailedException("the result could not be read: " + e, e));
            }
        }

        @Override
        public void threw(Answer.Threw answer) {
            Throwable arrived;
            try {
                arrived = (Throwable) Values.read(answer.throwable(), program);
            } catch (IOException | ClassNotFoundException | LinkageError e) {
                arrived = new ChildFailedException("what it threw could not be read: " + e, e);
            }
            thrown = arrived instanceof CannotTravelException ? null : arrived;
            result.completeExceptionally(arrived == null ? new NullPointerException() : arrived);
        }

        @Override
        public void ended(int exit) {
            result.completeExceptionally(new ChildFailedException(
                    "process %s ended before it had a result: %s".formatted(name, Signals.words(exit))));
            Throwable reported = thrown;
            if (reported != null && !asked) {
                output.run(() -> {
                    Thread self = Thread.currentThread();
                    self.getUncaughtExceptionHandler().uncaughtException(self, failure(reported));
                });
            }
            over.countDown();
        }
    }

    @Override
    public String toString() {
        return "process %s, pid %d, %s"
                .formatted(name, pid(), exitCode().map(Signals::words).orElse("running"));
    }
}
