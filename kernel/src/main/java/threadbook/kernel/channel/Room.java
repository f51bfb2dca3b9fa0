package threadbook.kernel.channel;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How much of what cells show may be on its way at once. A thread that prints faster than the
/// socket sends waits.
final class Room {
    /// In chars: 64 MB of memory at most.
    static final long CAPACITY = 32L << 20;

    /// What a publication takes besides its own chars: else millions of empty lines would fit.
    static final int EACH = 100;

    private final long capacity;
    private final AtomicLong taken = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();

    /// How many threads wait; written under `lock`, volatile because [#leave] looks first without
    /// it.
    private volatile int waiting;

    /// @param capacity  in chars, positive
    Room(long capacity) {
        this.capacity = capacity;
    }

    /// {@return room for what a client takes within a quarter of a second, but never for more than
    /// the memory allows}
    static Room behind(Rate rate) {
        long memory = Math.min(CAPACITY, Runtime.getRuntime().maxMemory() / 16);
        return new Room((long) Math.min(rate.bytes() / 4, memory));
    }

    /// {@return how many chars are on their way}
    long taken() {
        return taken.get();
    }

    /// Takes room, after waiting for it. An interrupted thread does not wait: it keeps its flag
    /// and takes what it needs, so that nothing it prints is lost.
    void enter(long chars) {
        if (taken.get() > capacity) {
            await();
        }
        taken.addAndGet(chars);
    }

    /// Takes room without waiting: for what the kernel itself has to say.
    void push(long chars) {
        taken.addAndGet(chars);
    }

    /// Gives room back; never blocks for long.
    void leave(long chars) {
        if (taken.addAndGet(-chars) <= capacity / 2 && waiting > 0) {
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
            while (taken.get() > capacity / 2) {
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
