package threadbook.lab.watch;

import static threadbook.lab.Lab.parallel;
import static threadbook.lab.Lab.thread;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.explore.Exploration;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.thread.Body;

/// Programs that deadlock, or do not. Barriers make certain what sleep makes likely.
@SuppressWarnings("unused") // called by name, in a loader that weaves them
public final class Crossed {
    static final ReentrantLock a = new ReentrantLock();
    static final ReentrantLock b = new ReentrantLock();
    static final Object m = new Object();
    static final Object n = new Object();
    static CyclicBarrier both = new CyclicBarrier(2);
    static CountDownLatch forgotten = new CountDownLatch(1);
    static final Semaphore s = new Semaphore(2);
    static final Semaphore t = new Semaphore(1);
    static int x;

    private Crossed() {}

    private static void take(ReentrantLock first, ReentrantLock second) throws Exception {
        first.lock();
        both.await();
        second.lock();
        second.unlock();
        first.unlock();
    }

    public static Body locks() {
        both = new CyclicBarrier(2);
        return () -> parallel(() -> take(a, b), () -> take(b, a));
    }

    /// Who leaves gives back what it holds in a `finally` block.
    public static Body careful() {
        both = new CyclicBarrier(2);
        return () -> parallel(() -> carefully(a, b), () -> carefully(b, a));
    }

    private static void carefully(ReentrantLock first, ReentrantLock second) throws Exception {
        first.lock();
        try {
            both.await();
            second.lock();
            try {
                x++;
            } finally {
                second.unlock();
            }
        } finally {
            first.unlock();
        }
    }

    public static Body monitors() {
        both = new CyclicBarrier(2);
        return () -> parallel(() -> enter(m, n), () -> enter(n, m));
    }

    private static void enter(Object first, Object second) throws Exception {
        synchronized (first) {
            both.await();
            synchronized (second) {
                x++;
            }
        }
    }

    /// One of them waits for a lock and can leave, so the other one can too.
    public static Body mixed() {
        both = new CyclicBarrier(2);
        return () -> parallel(
                () -> {
                    synchronized (m) {
                        both.await();
                        a.lock();
                        a.unlock();
                    }
                },
                () -> {
                    a.lock();
                    both.await();
                    synchronized (m) {
                        x++;
                    }
                    a.unlock();
                });
    }

    public static Body unawaited() {
        both = new CyclicBarrier(2);
        return () -> {
            thread("A", () -> take(a, b)).start();
            thread("B", () -> take(b, a)).start();
        };
    }

    public static Body awaiting() {
        both = new CyclicBarrier(2);
        return () -> {
            Thread holder = Thread.ofVirtual().name("holder").unstarted(() -> {
                a.lock();
                a.unlock();
            });
            a.lock();
            holder.start();
            holder.join();
            a.unlock();
        };
    }

    public static Body ordered() {
        return () -> parallel(() -> nested(a, b), () -> nested(a, b));
    }

    /// Deadlocks at times; here one after the other.
    public static Body lucky() {
        return () -> {
            nested(a, b);
            nested(b, a);
        };
    }

    private static void nested(ReentrantLock first, ReentrantLock second) {
        first.lock();
        second.lock();
        second.unlock();
        first.unlock();
    }

    public static Body forgetful() {
        return () -> parallel(2, i -> forgotten.await());
    }

    public static Body permits() {
        both = new CyclicBarrier(2);
        return () -> parallel(
                () -> {
                    s.acquireUninterruptibly(2);
                    both.await();
                    t.acquire();
                },
                () -> {
                    t.acquire();
                    try {
                        both.await();
                        s.acquire();
                    } finally {
                        t.release();
                    }
                });
    }

    public static String available() {
        return s.availablePermits() + " and " + t.availablePermits();
    }

    public static Body endless() {
        return () -> {
            while (true) {
                x++;
            }
        };
    }

    public static Body failing() {
        return () -> {
            throw new IllegalStateException("no");
        };
    }

    public static Outcomes explored() {
        return Exploration.of(() -> both = new CyclicBarrier(2))
                .thread("A", () -> take(a, b))
                .thread("B", () -> take(b, a))
                .outcome(() -> "done");
    }

    public static Outcomes harmless() {
        return Exploration.of(() -> x = 0)
                .thread("A", () -> nested(a, b))
                .thread("B", () -> nested(a, b))
                .outcome(() -> x);
    }

    public static boolean free() {
        return !a.isLocked() && !b.isLocked();
    }
}
