package threadbook.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A lock that passes from thread to thread as CPython's global interpreter lock does since 3.2.
///
/// Who waits for it asks the holder to drop it when it was not dropped for a whole *switch interval*. The holder
/// sees the request at its next [#check], drops the lock and waits until another thread has it (*forced
/// switching*): otherwise it would take it back before the other has woken up. Two mutexes with a condition each, as
/// in `take_gil` and `drop_gil` of CPython.
///
/// Two things differ, because here threads can be told to end and there they cannot: a waiter may give up, and then
/// the holder waits for no switch; and a thread of a cell that is stopped ends while it waits.
///
/// Not reentrant. Any thread may use it.
///
/// @see <a href="https://github.com/python/cpython/blob/3.11/Python/ceval_gil.h">ceval_gil.h of CPython 3.11</a>
public final class InterpreterLock {
    private static final long LOOK = Duration.ofMillis(50).toNanos(); // how often a waiter looks whether it is to end

    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition free = mutex.newCondition();
    private final ReentrantLock switchMutex = new ReentrantLock(); // taken alone, or while mutex is held
    private final Condition switched = switchMutex.newCondition();

    private final AtomicBoolean dropRequest = new AtomicBoolean(); // CPython's eval breaker
    private volatile @Nullable Thread holder; // written while mutex is held
    private volatile @Nullable Thread lastHolder; // written while mutex or switchMutex is held
    private volatile int waiters; // written while mutex is held
    private volatile long intervalNanos;

    /// Changed by [GiveWay].
    final AtomicInteger users = new AtomicInteger();

    // Written while mutex is held, or by the holder alone; read by whoever wants to know.
    private volatile long switches;
    private volatile long dropRequests;
    private volatile long forcedSwitches;

    /// @param interval  how long a thread may keep the lock while another wants it, positive
    public InterpreterLock(Duration interval) {
        setInterval(interval);
    }

    /// Sets the switch interval, for all waits that begin from now on.
    ///
    /// @param interval  positive
    public void setInterval(Duration interval) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("A switch interval must be positive, found " + interval);
        }
        intervalNanos = interval.toNanos();
    }

    /// {@return the switch interval}
    public Duration interval() {
        return Duration.ofNanos(intervalNanos);
    }

    /// {@return how often the lock went to another thread than the one that had it before}
    public long switches() {
        return switches;
    }

    /// {@return how often a waiter asked the holder to drop the lock}
    public long dropRequests() {
        return dropRequests;
    }

    /// {@return how often a holder that dropped the lock on request waited for another thread to take it}
    public long forcedSwitches() {
        return forcedSwitches;
    }

    /// {@return whether the calling thread has the lock}
    public boolean isMine() {
        return holder == Thread.currentThread();
    }

    /// {@return the thread that has the lock at this moment, null if none has}
    public @Nullable Thread holder() {
        return holder;
    }

    /// Waits for the lock and takes it. An interrupt is kept for later: the thread was at work, not waiting.
    ///
    /// @throws CellStopped  if the thread is to end, without the lock
    public void take() {
        boolean interrupted = false;
        while (true) {
            try {
                takeInterruptibly();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
                StopSites.endIfStopped();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the lock and takes it.
    ///
    /// @throws InterruptedException  if the thread is interrupted, without the lock
    /// @throws CellStopped           if the thread is to end, without the lock
    public void takeInterruptibly() throws InterruptedException {
        Thread me = Thread.currentThread();
        GlobalLocking.asks(this);
        mutex.lock();
        try {
            if (holder != null) {
                waiters++;
                boolean taken = false;
                try {
                    while (holder != null) {
                        awaitOneInterval();
                    }
                    taken = true;
                } finally {
                    waiters--;
                    if (!taken) {
                        gaveUp();
                    }
                }
            }
            take(me);
        } finally {
            mutex.unlock();
        }
        GlobalLocking.took(this);
    }

    private void awaitOneInterval() throws InterruptedException {
        long before = switches;
        long left = intervalNanos;
        while (left > 0 && holder != null) {
            long part = Math.min(left, LOOK);
            long rest = free.awaitNanos(part);
            if (rest > 0) {
                return; // woken: somebody dropped it
            }
            left -= part;
            StopSites.endIfStopped();
        }
        if (holder != null && switches == before) {
            dropRequests++;
            request(true);
        }
    }

    private void take(Thread me) {
        switchMutex.lock();
        try {
            holder = me;
            if (lastHolder != me) {
                lastHolder = me;
                switches++;
            }
            switched.signalAll();
        } finally {
            switchMutex.unlock();
        }
        request(false);
    }

    /// The holder may wait for a thread that does not want the lock any more.
    private void gaveUp() {
        free.signal(); // what woke this thread may have been meant for any
        if (waiters == 0) {
            request(false);
            switchMutex.lock();
            try {
                switched.signalAll();
            } finally {
                switchMutex.unlock();
            }
        }
    }

    /// Drops the lock, and waits for a switch where one was asked for.
    ///
    /// @throws IllegalMonitorStateException  if the calling thread does not have it
    public void drop() {
        Thread me = Thread.currentThread();
        if (holder != me) {
            throw new IllegalMonitorStateException("%s does not have the lock, %s has".formatted(me, holder));
        }
        GlobalLocking.gaveUp(this);
        mutex.lock();
        try {
            lastHolder = me;
            holder = null;
            free.signal();
        } finally {
            mutex.unlock();
        }
        if (dropRequest.get()) {
            awaitSwitch(me);
        }
    }

    private void awaitSwitch(Thread me) {
        switchMutex.lock();
        try {
            if (lastHolder == me && waiters > 0) {
                request(false);
                forcedSwitches++;
                while (lastHolder == me && waiters > 0) {
                    switched.awaitUninterruptibly();
                }
            }
        } finally {
            switchMutex.unlock();
        }
    }

    /// Gives the lock to who asked for it, and takes it again. Otherwise one volatile read.
    ///
    /// @throws CellStopped  if the thread is to end, without the lock
    public void check() {
        if (dropRequest.get() && isMine()) {
            drop();
            take();
        }
    }

    private void request(boolean wanted) {
        if (dropRequest.compareAndSet(!wanted, wanted)) {
            GiveWay.requested(wanted ? 1 : -1);
        }
    }

    @Override
    public String toString() {
        Thread one = holder;
        return "lock with a switch interval of %s ms, %s"
                .formatted(intervalNanos / 1e6, one == null ? "free" : "held by " + one.getName());
    }
}
