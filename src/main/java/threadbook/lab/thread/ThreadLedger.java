package threadbook.lab.thread;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Collects the [CoreTime] of threads that end while something is measured.
///
/// A thread's times can be read only while it lives; a measurement reads those of the living from
/// outside. The threads of this room therefore enter their own as their last act, if a ledger was
/// open when they began. Without an open ledger that costs one volatile read per thread.
public final class ThreadLedger implements AutoCloseable {

    // The measurement that is under way; volatile, because the measured threads read it.
    private static volatile @Nullable ThreadLedger open;

    // Written by every thread that ends.
    private final AtomicReference<CoreTime> ended = new AtomicReference<>(CoreTime.NONE);

    private ThreadLedger() {}

    /// Opens a ledger. One at a time: opening another makes the threads that begin from then on
    /// enter their times in that one.
    public static ThreadLedger open() {
        var ledger = new ThreadLedger();
        open = ledger;
        return ledger;
    }

    /// {@return the sum over the threads that have ended so far}
    public CoreTime ended() {
        return ended.get();
    }

    @Override
    public void close() {
        if (open == this) {
            open = null;
        }
    }

    /// {@return the task, entering its thread's times where a ledger is open when it begins}
    static Runnable entering(Runnable task) {
        return () -> {
            ThreadLedger ledger = open;
            try {
                task.run();
            } finally {
                if (ledger != null && !Thread.currentThread().isVirtual()) {
                    CoreTime.ofCurrentThread().ifPresent(time -> ledger.ended.accumulateAndGet(time, CoreTime::plus));
                }
            }
        };
    }
}
