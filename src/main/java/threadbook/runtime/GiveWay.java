package threadbook.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Where running code looks whether it is to give an [InterpreterLock] to somebody else: at the stop sites of
/// woven code, and wherever the library's own loops ask.
///
/// The sites look only while a lock is in use, and then read one volatile field.
public final class GiveWay {
    private static final Set<InterpreterLock> inUse = ConcurrentHashMap.newKeySet();

    /// On how many locks a drop is requested. Changed by waiters and holders, read at every site.
    private static final AtomicInteger requested = new AtomicInteger();

    private GiveWay() {}

    /// Somebody uses this lock, until as many calls of [#end]: running code looks from now on.
    public static void begin(InterpreterLock lock) {
        lock.users.incrementAndGet();
        if (!inUse.contains(lock)) {
            add(lock);
        }
    }

    /// The lock is used by one less. Running code goes on looking until [#rest], for the next use is often near.
    public static void end(InterpreterLock lock) {
        lock.users.decrementAndGet();
    }

    /// Forgets the locks that nobody uses. Called by the kernel between cells: it takes effect on all code.
    public static synchronized void rest() {
        for (InterpreterLock lock : inUse) {
            inUse.remove(lock);
            if (lock.users.get() > 0) { // asked after the removal: who begins meanwhile adds it, or is seen here
                inUse.add(lock);
            }
        }
        StopSites.giveWay(!inUse.isEmpty());
    }

    private static synchronized void add(InterpreterLock lock) {
        inUse.add(lock);
        StopSites.giveWay(true);
    }

    /// Gives way if somebody waits for the lock that the calling thread has. Otherwise one volatile read.
    ///
    /// @throws CellStopped  if the thread is to end, without the lock
    public static void check() {
        if (requested.getOpaque() != 0) {
            inUse.forEach(InterpreterLock::check);
        }
    }

    static void requested(int change) {
        requested.addAndGet(change);
    }
}
