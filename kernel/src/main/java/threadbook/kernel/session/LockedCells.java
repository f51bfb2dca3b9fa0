package threadbook.kernel.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.thread.CellThreads;
import threadbook.runtime.GiveWay;
import threadbook.runtime.InterpreterLock;
import threadbook.runtime.LockedCode;
import threadbook.weaving.Depth;

/// The cells that run under the global lock, by `%%gil`: one lock for all of them, as in one interpreter.
///
/// While one of their threads lives all classes are woven for it: they may use what any cell has declared. The threads
/// of other cells pass the same code and take no lock. Used by the thread of the queue, but for what is asked by the
/// threads that run.
final class LockedCells {
    private static final System.Logger LOG = System.getLogger(LockedCells.class.getName());

    private final CellLoader loader;
    private final CellThreads<Cell> threads;
    private final Set<Cell> cells = ConcurrentHashMap.newKeySet(); // asked by all woven threads
    private InterpreterLock lock = new InterpreterLock(Duration.ofMillis(5));
    private boolean woven;

    LockedCells(CellLoader loader, CellThreads<Cell> threads) {
        this.loader = loader;
        this.threads = threads;
    }

    /// What the threads of one cell did to the lock.
    final class Count {
        private final long switches = lock.switches();
        private final long requests = lock.dropRequests();

        /// {@return the counters since, in words}
        String words() {
            long changed = lock.switches() - switches;
            long asked = lock.dropRequests() - requests;
            double millis = lock.interval().toNanos() / 1e6;
            return "Under the global lock, switch interval %s ms: it changed hands %s; a thread had waited so long and asked for it %s."
                    .formatted(
                            millis == Math.rint(millis) ? String.valueOf((long) millis) : String.valueOf(millis),
                            times(changed),
                            times(asked));
        }

        private static String times(long count) {
            return count == 1 ? "once" : "%,d times".formatted(count);
        }
    }

    /// A cell is about to run under the lock; its classes are not defined yet.
    ///
    /// @throws IllegalStateException  if classes in use cannot be woven
    Count begin(Cell cell, Duration interval) {
        loader.deepen(Depth.LOCKED);
        lock.setInterval(interval);
        cells.add(cell);
        if (!woven) {
            woven = true;
            GiveWay.begin(lock);
        }
        LockedCode.begin(lock, this::holdsForCurrentThread);
        return new Count();
    }

    private boolean holdsForCurrentThread() {
        return threads.current().filter(cells::contains).isPresent();
    }

    /// A cell was left while its threads live, and one may have the lock for ever: the others get a new one.
    void abandoned(Cell cell) {
        if (cells.remove(cell)) {
            GiveWay.end(lock);
            lock = new InterpreterLock(lock.interval());
            GiveWay.begin(lock);
            LockedCode.begin(lock, this::holdsForCurrentThread);
        }
    }

    private boolean loosened() {
        try {
            loader.deepen(Depth.LOADED);
            GiveWay.end(lock);
            return true;
        } catch (IllegalStateException e) { // without a lock the sites do nothing; the next cell tries again
            LOG.log(System.Logger.Level.WARNING, "classes stay woven for the global lock", e);
            return false;
        }
    }

    /// A cell has ended, whether under the lock or not. When no thread is left under it, all code is again as it was.
    void rest() {
        cells.removeIf(cell -> threads.of(cell).isEmpty());
        if (cells.isEmpty() && woven) {
            LockedCode.end();
            woven = !loosened();
        }
        GiveWay.rest();
    }
}
