package threadbook.lab.trace;

import static threadbook.lab.Lab.burn;
import static threadbook.lab.Lab.parallel;
import static threadbook.lab.Lab.sleep;
import static threadbook.lab.Lab.thread;
import static threadbook.lab.Lab.times;

import java.nio.file.Files;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.thread.Body;
import threadbook.runtime.GlobalLocking;

/// Programs that are traced, each with waits of one sort. Latches make certain who waits for whom.
@SuppressWarnings("unused") // called by name, in a loader that weaves them
public final class Traced {
    static final ReentrantLock lock = new ReentrantLock();
    static final Object monitor = new Object();
    public static final Semaphore permits = new Semaphore(3);
    static CountDownLatch held = new CountDownLatch(1);
    static CountDownLatch asleep = new CountDownLatch(1);
    static final BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    static volatile boolean told;
    static int counter;
    static final int[] counters = new int[4];

    private Traced() {}

    /// The first holds the lock until the second waits for it.
    public static Body locks() {
        held = new CountDownLatch(1);
        return () -> parallel(Traced::holdLock, Traced::awaitLock);
    }

    private static void holdLock() {
        lock.lock();
        try {
            held.countDown();
            while (!lock.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
            sleep(20);
        } finally {
            lock.unlock();
        }
    }

    private static void awaitLock() throws InterruptedException {
        held.await();
        lock.lock();
        lock.unlock();
    }

    public static Body monitors() {
        held = new CountDownLatch(1);
        return () -> parallel(Traced::holdMonitor, Traced::awaitMonitor);
    }

    private static volatile Thread waiter;

    private static void holdMonitor() {
        synchronized (monitor) {
            held.countDown();
            while (waiter == null || waiter.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            sleep(20);
        }
    }

    private static void awaitMonitor() throws InterruptedException {
        held.await();
        waiter = Thread.currentThread();
        synchronized (monitor) {
            waiter = null;
        }
    }

    public static Body notified() {
        told = false;
        held = new CountDownLatch(1);
        return () -> parallel(Traced::waitForWord, Traced::giveWord);
    }

    private static void waitForWord() throws InterruptedException {
        synchronized (monitor) {
            held.countDown();
            while (!told) {
                monitor.wait();
            }
        }
    }

    private static void giveWord() throws InterruptedException {
        held.await();
        sleep(10);
        synchronized (monitor) {
            told = true;
            monitor.notifyAll();
        }
    }

    public static Body semaphore() {
        return () -> parallel(7, i -> {
            permits.acquire();
            try {
                sleep(40);
            } finally {
                permits.release();
            }
        });
    }

    public static Body queues() {
        return () -> parallel(() -> queue.take(), () -> {
            sleep(20);
            queue.put("tea");
        });
    }

    public static Body parked() {
        return () -> {
            var sleeper = thread("sleeper", () -> {
                        while (!told) {
                            LockSupport.park();
                        }
                    })
                    .start();
            told = false;
            while (sleeper.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            sleep(5);
            told = true;
            LockSupport.unpark(sleeper);
            sleeper.join();
        };
    }

    public static Body burners() {
        return () -> parallel(4, i -> burn(60));
    }

    public static Body virtuals() {
        return () -> {
            held = new CountDownLatch(1);
            var one = thread("v1", () -> {
                        held.await();
                    })
                    .virtual()
                    .start();
            var two = thread("v2", () -> {
                        sleep(20);
                        held.countDown();
                    })
                    .virtual()
                    .start();
            one.join();
            two.join();
        };
    }

    public static Body virtualMonitors() {
        held = new CountDownLatch(1);
        return () -> {
            var one = thread("v1", Traced::holdMonitor).virtual().start();
            var two = thread("v2", () -> {
                        held.await();
                        waiter = Thread.currentThread();
                        synchronized (monitor) {
                            waiter = null;
                        }
                    })
                    .virtual()
                    .start();
            one.join();
            two.join();
        };
    }

    public static Body manyVirtuals() {
        return () -> {
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 10_000; i++) {
                    pool.submit(() -> sleep(100));
                }
            }
        };
    }

    public static Body pool() {
        var pool = Executors.newFixedThreadPool(
                1, Thread.ofPlatform().daemon().name("old pool").factory());
        try {
            pool.submit(() -> {}).get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return () -> {
            pool.submit(() -> sleep(20)).get();
            pool.shutdown();
        };
    }

    public static Body files() {
        return () -> {
            var file = Files.createTempFile("traced", ".txt");
            try (var out = Files.newOutputStream(file)) {
                out.write(new byte[4 << 20]);
            } finally {
                Files.delete(file);
            }
        };
    }

    /// A global lock made by hand: two threads hold it in turn.
    public static Body global() {
        return () -> parallel(2, i -> {
            for (int turn = 0; turn < 3; turn++) {
                GlobalLocking.asks(lock);
                lock.lock();
                GlobalLocking.took(lock);
                burn(10);
                GlobalLocking.gaveUp(lock);
                lock.unlock();
            }
        });
    }

    public static Body busy() {
        return () -> parallel(
                1,
                i -> times(50_000, () -> {
                    lock.lock();
                    counter++;
                    lock.unlock();
                }));
    }

    public static Body nothing() {
        return () -> {};
    }

    public static Body thrower() {
        return () -> {
            sleep(5);
            throw new java.io.IOException("no tea");
        };
    }

    public static Body endless() {
        return () -> {
            while (true) {
                sleep(1000);
            }
        };
    }

    public static Body leftBehind() {
        return () -> thread("straggler", () -> sleep(300)).daemon(true).start();
    }

    public static Body escapes() {
        return () -> thread("<script>alert(1)</script>", () -> sleep(5)).start().join();
    }
}
