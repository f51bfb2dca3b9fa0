package threadbook.kernel.jshell;

import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One question to the thread `jshell`: run there, awaited by the thread that made it.
///
/// Not a future of the JDK: those allocate to say that they failed, and would be awaited for ever when
/// the memory is full.
final class Turn<T> implements Runnable {
    private final Supplier<T> work;
    private final Thread asking = Thread.currentThread();
    private @Nullable T answer; // this and the failure are written before done, and read after it
    private @Nullable Throwable failure;
    private volatile boolean done;

    Turn(Supplier<T> work) {
        this.work = work;
    }

    @Override
    public void run() {
        try {
            answer = work.get();
        } catch (Throwable e) { // the boundary: thrown again where the answer is awaited
            failure = e;
        }
        done = true;
        LockSupport.unpark(asking);
    }

    /// {@return the answer}; throws what the work has thrown
    @SuppressWarnings("NullAway") // without a failure there is the answer
    T await() {
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            asking.interrupt(); // whoever interrupted a cell's thread is heard after the answer
        }
        return switch (failure) {
            case null -> answer;
            case CompletionException e when e.getCause() instanceof RuntimeException cause -> throw cause;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("an unexpected exception of the compiler", failure);
        };
    }
}
