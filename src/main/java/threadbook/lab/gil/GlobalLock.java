package threadbook.lab.gil;

import java.time.Duration;
import java.util.Map;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.GiveWay;
import threadbook.runtime.InterpreterLock;

/// A global lock like that of CPython: of the threads that [#run] code under it, one at a time does.
///
/// Who waits longer than the switch interval asks the holder to drop it. The holder does so at its next
/// [#check]; in cells also without one, wherever a method begins or a loop turns. Any thread may use it.
///
/// ```java
/// var gil = globalLock(5);
/// parallel(2, i -> gil.run(() -> burn(200)));                 // 400 ms: one after the other, in slices
/// parallel(2, i -> gil.run(() -> gil.release(() -> sleep(200)))); // 200 ms: who waits gives it up
/// gil                                                         // how often it changed hands
/// ```
public final class GlobalLock {
    private final InterpreterLock lock;

    private GlobalLock(InterpreterLock lock) {
        this.lock = lock;
    }

    /// @param switchMillis  the switch interval in milliseconds, more than 0; CPython's is 5
    public static GlobalLock of(double switchMillis) {
        if (!(switchMillis > 0 && switchMillis <= 60_000)) {
            throw new IllegalArgumentException(
                    "globalLock needs a switch interval of more than 0 and at most 60000 ms, found %s%nCPython's is 5."
                            .formatted(switchMillis));
        }
        return new GlobalLock(new InterpreterLock(Duration.ofNanos(Math.max(1, Math.round(switchMillis * 1e6)))));
    }

    /// Runs the body with the lock, which is dropped when it ends, also by an exception. Inside another `run` of
    /// the same thread the lock is there already.
    ///
    /// @throws WaitInterruptedException  if the thread is interrupted while it waits for the lock to begin
    /// @throws BodyFailedException       if the body throws a checked exception
    public void run(Body body) {
        if (lock.isMine()) {
            BodyFailedException.unchecked(body);
            return;
        }
        GiveWay.begin(lock);
        try {
            takeToBegin();
            try {
                BodyFailedException.unchecked(body);
            } finally {
                dropIfMine();
            }
        } finally {
            GiveWay.end(lock);
        }
    }

    /// Runs the body without the lock, as CPython's library does around input, output, waiting and long
    /// calculations in C; then takes the lock again.
    ///
    /// @throws IllegalStateException  if the calling thread does not have the lock
    /// @throws BodyFailedException    if the body throws a checked exception
    public void release(Body body) {
        if (!lock.isMine()) {
            throw new IllegalStateException("release(…) gives up a lock that this thread does not have."
                    + System.lineSeparator() + "Call it inside run(…) of the same lock.");
        }
        lock.drop();
        try {
            BodyFailedException.unchecked(body);
        } finally {
            lock.take();
        }
    }

    /// Drops the lock and takes it again if somebody has asked for it; otherwise costs next to nothing.
    public void check() {
        lock.check();
    }

    /// {@return how contended the lock is at present}: `gil.contention()`
    ///
    /// Asks for it again and again for half a second, as a thread that wants to run for a moment would.
    ///
    /// @throws WaitInterruptedException  if the thread is interrupted
    public Contention contention() {
        return Contention.during(this, () -> Thread.sleep(Contention.GLANCE));
    }

    /// {@return how contended the lock is while the body runs}: `gil.contention(() -> work())`
    ///
    /// The body runs on the calling thread; another one asks for the lock meanwhile.
    ///
    /// @throws BodyFailedException  if the body throws a checked exception
    public Contention contention(Body body) {
        return Contention.during(this, body);
    }

    /// {@return how often the lock went to another thread than the one that had it before}
    public long switches() {
        return lock.switches();
    }

    /// {@return how often a waiting thread asked the holder to drop the lock}
    public long dropRequests() {
        return lock.dropRequests();
    }

    /// {@return how often the holder, having dropped the lock on request, waited for another thread to take it}
    public long forcedSwitches() {
        return lock.forcedSwitches();
    }

    /// {@return the switch interval in milliseconds}
    public double switchMillis() {
        return lock.interval().toNanos() / 1e6;
    }

    /// {@return whether a thread has the lock at this moment}
    public boolean isHeld() {
        return lock.holder() != null;
    }

    private void takeToBegin() {
        try {
            lock.takeInterruptibly();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("run, for the global lock");
        }
    }

    /// It is not where the thread was stopped while it waited to take it again.
    private void dropIfMine() {
        if (lock.isMine()) {
            lock.drop();
        }
    }

    /// {@return the counters as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/plain", toString());
    }

    @Override
    public String toString() {
        return "global lock, switch interval %s ms: %,d switches, %,d drop requests%s"
                .formatted(
                        number(switchMillis()),
                        switches(),
                        dropRequests(),
                        lock.holder() == null
                                ? ""
                                : ", held by " + lock.holder().getName());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
