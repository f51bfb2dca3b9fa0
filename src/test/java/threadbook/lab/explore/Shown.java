package threadbook.lab.explore;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/// Programs whose pictures are looked at.
@SuppressWarnings("unused") // called by name, in a loader that weaves them
public final class Shown {
    static int x;
    static String text = "";
    static int counter;
    static boolean ready;
    static ReentrantLock a = new ReentrantLock();
    static ReentrantLock b = new ReentrantLock();
    static CountDownLatch latch = new CountDownLatch(1);
    static final Object monitor = new Object();

    private Shown() {}

    /// Texts that would be markup in a page if nobody took care.
    public static Outcomes markup() {
        return Exploration.of(() -> text = "")
                .thread("<b>", () -> text = text + "</script>\"'&")
                .thread("T2", () -> IO.println(text + "<i>"))
                .outcome(() -> text);
    }

    /// The locks are made anew before each schedule, and taken crosswise.
    public static Outcomes fresh() {
        return Exploration.of(() -> {
                    a = new ReentrantLock();
                    b = new ReentrantLock();
                })
                .thread("A", () -> {
                    a.lock();
                    b.lock();
                    b.unlock();
                    a.unlock();
                })
                .thread("B", () -> {
                    b.lock();
                    a.lock();
                    a.unlock();
                    b.unlock();
                })
                .outcome(() -> "done");
    }

    /// Nobody counts down.
    public static Outcomes forgotten() {
        return Exploration.of(() -> latch = new CountDownLatch(1))
                .thread("A", () -> latch.await())
                .outcome(() -> "done");
    }

    /// Two wait, one is notified.
    public static Outcomes notified() {
        return Exploration.of(() -> ready = false)
                .thread("W1", () -> Shown.waiting())
                .thread("W2", () -> Shown.waiting())
                .thread("N", () -> {
                    synchronized (monitor) {
                        ready = true;
                        monitor.notify();
                    }
                })
                .outcome(() -> "done");
    }

    private static void waiting() throws InterruptedException {
        synchronized (monitor) {
            while (!ready) {
                monitor.wait();
            }
        }
    }

    /// Three threads, four additions each: too many situations for a page.
    public static Outcomes many() {
        Exploration all = Exploration.of(() -> counter = 0).budget(300);
        for (int i = 0; i < 3; i++) {
            all = all.thread(() -> {
                for (int k = 0; k < 20; k++) {
                    counter++;
                }
            });
        }
        return all.outcome(() -> counter);
    }

    /// Two threads, a few additions each.
    public static Outcomes additions() {
        Exploration all = Exploration.of(() -> counter = 0);
        for (int i = 0; i < 2; i++) {
            all = all.thread(() -> {
                for (int k = 0; k < 4; k++) {
                    counter++;
                }
            });
        }
        return all.outcome(() -> counter);
    }

    /// One lock protects one access and not the other.
    public static Outcomes half() {
        return Exploration.of(() -> x = 0)
                .thread("T1", () -> {
                    synchronized (monitor) {
                        x = 1;
                    }
                })
                .thread("T2", () -> x = 2)
                .outcome(() -> x);
    }

    /// One order of locks for all.
    public static Outcomes ordered() {
        return Exploration.of(() -> {})
                .thread("A", () -> nested())
                .thread("B", () -> nested())
                .outcome(() -> "done");
    }

    private static void nested() {
        a.lock();
        b.lock();
        b.unlock();
        a.unlock();
    }

    /// A thread that starts another one.
    public static Outcomes starting() {
        return Exploration.of(() -> x = 0)
                .thread("T1", () -> {
                    Thread child = new Thread(() -> x = x + 1, "child");
                    child.start();
                    x = x + 10;
                    child.join();
                })
                .outcome(() -> x);
    }

    /// A thread that waits in a loop.
    public static Outcomes spinning() {
        return Exploration.of(() -> ready = false)
                .thread("T1", () -> {
                    while (!ready) {
                        Thread.onSpinWait();
                    }
                })
                .thread("T2", () -> ready = true)
                .outcome(() -> ready);
    }
}
