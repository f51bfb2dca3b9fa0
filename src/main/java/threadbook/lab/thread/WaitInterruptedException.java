package threadbook.lab.thread;

/// Somebody asked the calling thread to stop while it was waiting or working in this library.
///
/// It stands for [InterruptedException], so that cells stay free of `throws`. The thread's
/// interrupt flag is set again before this is thrown: the next wait of the thread ends at once,
/// too.
public final class WaitInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private WaitInterruptedException(String message) {
        super(message);
    }

    /// {@return the exception for the calling thread, whose interrupt flag is set}
    ///
    /// @param what  what was interrupted, as in "sleep(500)"
    public static WaitInterruptedException restoringFlag(String what) {
        Thread.currentThread().interrupt();
        return new WaitInterruptedException(what + " was interrupted");
    }

    /// {@return whether the exception, or one of its causes, means that a thread was asked to
    /// stop}
    public static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof WaitInterruptedException) {
                return true;
            }
        }
        return false;
    }
}
