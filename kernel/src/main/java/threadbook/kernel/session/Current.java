package threadbook.kernel.session;

import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Session;

/// What an interrupt is for at this moment: the turn of one request, and the run in it.
///
/// An interrupt that comes before the first run of the turn begins, or between two, is kept for the
/// next one. Any thread may call it.
final class Current {
    private boolean open; // this and the others guarded by this
    private boolean interrupted;
    private @Nullable CellRun run;

    synchronized Session.Turn turn() {
        open = true;
        interrupted = false;
        return this::close;
    }

    private synchronized void close() {
        open = false;
        interrupted = false;
    }

    /// Makes the run the one that is interrupted; at once if an interrupt has come before it.
    synchronized void begins(CellRun next) {
        run = next;
        if (interrupted) {
            next.interrupt(); // quick: it has no thread yet
        }
    }

    synchronized void ends() {
        run = null;
    }

    /// Notes an interrupt.
    ///
    /// @return the run that is to be ended now, if one has begun
    synchronized @Nullable CellRun interrupt() {
        interrupted = open;
        return run;
    }
}
