package threadbook.kernel.channel;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How much text may be on its way at once. A thread that prints faster than the socket sends
/// waits.
final class Room {
    /// In chars: 64 MB of memory.
    static final long CAPACITY = 32L << 20;

    private final AtomicLong taken = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();

    /// How many threads wait; written under `lock`, volatile because [#leave] looks first without
    /// it.
    private volatile int waiting;

    /// {@return how many chars are on their way}
    long taken() {
        return taken.get();
    }

    /// Takes room, after waiting for it. An interrupted thread does not wait: it keeps its flag
    /// and takes what it needs, so that nothing it prints is lost.
    void enter(int chars) {
        if (taken.get() > CAPACITY) {
            await();
        }
        taken.addAndGet(chars);
    }

    /// Gives room back; never blocks for long.
    void leave(int chars) {
        if (taken.addAndGet(-chars) <= CAPACITY / 2 && waiting > 0) {
            lock.lock();
            try {
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void await() {
        lock.lock();
        try {
            waiting++;
            while (taken.get() > CAPACITY / 2) {
                freed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
            lock.unlock();
        }
    }
}
