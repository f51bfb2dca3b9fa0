package threadbook.lab.explore;

import java.util.ArrayDeque;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.thread.Body;

/// The classics, right and wrong.
@SuppressWarnings("unused") // called by name, in a loader that weaves them
public final class KnownPrograms {
    static volatile boolean wantsA;
    static volatile boolean wantsB;
    static volatile int turn;
    static int inside;
    static int worst;
    static int x;
    static Object lock = new Object();
    static Object other = new Object();
    static Integer boxed;

    private KnownPrograms() {}

    private static void enter() {
        inside++;
        worst = Math.max(worst, inside);
        inside--;
    }

    private static Exploration begin(Body setup) {
        return Exploration.of(() -> {
            wantsA = false;
            wantsB = false;
            turn = 0;
            inside = 0;
            worst = 0;
            x = 0;
            setup.run();
        });
    }

    /// Threads that add to a counter without a lock.
    public static Outcomes additions(int threads, int each, long budget) {
        Exploration program = begin(() -> {}).budget(budget);
        for (int thread = 0; thread < threads; thread++) {
            program = program.thread(() -> {
                for (int i = 0; i < each; i++) {
                    x++;
                }
            });
        }
        return program.outcome(() -> x);
    }

    public static Outcomes peterson() {
        return begin(() -> {})
                .thread(() -> {
                    wantsA = true;
                    turn = 1;
                    while (wantsB && turn == 1) {}
                    enter();
                    wantsA = false;
                })
                .thread(() -> {
                    wantsB = true;
                    turn = 0;
                    while (wantsA && turn == 0) {}
                    enter();
                    wantsB = false;
                })
                .outcome(() -> worst);
    }

    public static Outcomes petersonWithoutTurn() {
        return begin(() -> {})
                .thread(() -> {
                    wantsA = true;
                    while (wantsB) {}
                    enter();
                    wantsA = false;
                })
                .thread(() -> {
                    wantsB = true;
                    while (wantsA) {}
                    enter();
                    wantsB = false;
                })
                .outcome(() -> worst);
    }

    public static Outcomes dekker() {
        return begin(() -> {})
                .thread(() -> {
                    wantsA = true;
                    while (wantsB) {
                        if (turn != 0) {
                            wantsA = false;
                            while (turn != 0) {}
                            wantsA = true;
                        }
                    }
                    enter();
                    turn = 1;
                    wantsA = false;
                })
                .thread(() -> {
                    wantsB = true;
                    while (wantsA) {
                        if (turn != 1) {
                            wantsB = false;
                            while (turn != 1) {}
                            wantsB = true;
                        }
                    }
                    enter();
                    turn = 0;
                    wantsB = false;
                })
                .outcome(() -> worst);
    }

    static ArrayDeque<Integer> buffer = new ArrayDeque<>();
    static boolean loops;
    static boolean all;

    private static void put() throws InterruptedException {
        synchronized (lock) {
            if (loops) {
                while (buffer.size() == 1) {
                    lock.wait();
                }
            } else if (buffer.size() == 1) {
                lock.wait();
            }
            buffer.add(1);
            wake();
        }
    }

    private static void take() throws InterruptedException {
        synchronized (lock) {
            if (loops) {
                while (buffer.isEmpty()) {
                    lock.wait();
                }
            } else if (buffer.isEmpty()) {
                lock.wait();
            }
            buffer.remove();
            wake();
        }
    }

    private static void wake() {
        if (all) {
            lock.notifyAll();
        } else {
            lock.notify();
        }
    }

    private static Outcomes bounded(boolean inALoop, boolean wakesAll, int producers, int consumers) {
        Exploration program = begin(() -> {
            buffer = new ArrayDeque<>();
            loops = inALoop;
            all = wakesAll;
        });
        for (int i = 0; i < producers; i++) {
            program = program.thread("P" + i, () -> put());
        }
        for (int i = 0; i < consumers; i++) {
            program = program.thread("C" + i, () -> take());
        }
        return program.outcome(() -> buffer.size());
    }

    public static Outcomes boundedIf() {
        return bounded(false, true, 2, 2);
    }

    public static Outcomes boundedNotify() {
        return bounded(true, false, 2, 2);
    }

    public static Outcomes boundedNotifyAll() {
        return bounded(true, true, 2, 2);
    }

    public static Outcomes spuriousOnly() {
        return begin(() -> wantsA = false)
                .thread(() -> {
                    synchronized (lock) {
                        if (!wantsA) {
                            lock.wait();
                        }
                        x = wantsA ? 1 : 2;
                    }
                })
                .thread(() -> {
                    synchronized (lock) {
                        wantsA = true;
                        lock.notify();
                    }
                })
                .outcome(() -> x);
    }

    public static Outcomes oneChoiceOfNotify() {
        Body waits = () -> {
            synchronized (lock) {
                inside++;
                if (inside < 3) {
                    lock.wait();
                }
            }
        };
        return begin(() -> {})
                .thread("W1", () -> {
                    synchronized (lock) {
                        inside++;
                        lock.wait(1);
                        x = x == 0 ? 1 : x;
                    }
                })
                .thread("W2", () -> {
                    synchronized (lock) {
                        inside++;
                        lock.wait(1);
                        x = x == 0 ? 2 : x;
                    }
                })
                .thread("N", () -> {
                    synchronized (lock) {
                        lock.notify();
                    }
                })
                .outcome(() -> x);
    }

    static int readers;
    static ReentrantLock door = new ReentrantLock();
    static Semaphore room = new Semaphore(1);

    private static void read() throws InterruptedException {
        door.lock();
        if (++readers == 1) {
            room.acquire();
        }
        door.unlock();
        if (inside != 0) {
            throw new IllegalStateException("the writer is inside");
        }
        door.lock();
        if (--readers == 0) {
            room.release();
        }
        door.unlock();
    }

    public static Outcomes readersAndWriter() {
        return begin(() -> {
                    readers = 0;
                    room = new Semaphore(1);
                })
                .thread("R1", () -> read())
                .thread("R2", () -> read())
                .thread("W", () -> {
                    room.acquire();
                    inside = 1;
                    inside = 0;
                    room.release();
                })
                .outcome(() -> worst);
    }

    static CyclicBarrier barrier;

    public static Outcomes barrierAgain() {
        return begin(() -> barrier = new CyclicBarrier(2))
                .thread(() -> {
                    x++;
                    barrier.await();
                    worst = x;
                    barrier.await();
                    x++;
                })
                .thread(() -> {
                    barrier.await();
                    inside = x;
                    barrier.await();
                })
                .outcome(() -> worst + " " + inside + " " + x);
    }

    static final class Made {
        int v;

        Made() {
            v = 1;
        }
    }

    static Made made;

    private static Made twiceChecked() {
        if (made == null) {
            synchronized (lock) {
                if (made == null) {
                    x++;
                    made = new Made();
                }
            }
        }
        return made;
    }

    public static Outcomes doubleChecked() {
        return begin(() -> made = null)
                .thread(() -> twiceChecked())
                .thread(() -> twiceChecked())
                .outcome(() -> x);
    }

    private static Made onceChecked() {
        if (made == null) {
            synchronized (lock) {
                x++;
                made = new Made();
            }
        }
        return made;
    }

    public static Outcomes onceChecked2() {
        return begin(() -> made = null)
                .thread(() -> onceChecked())
                .thread(() -> onceChecked())
                .outcome(() -> x);
    }

    record Node(int value, Node next) {}

    static AtomicReference<Node> top = new AtomicReference<>();
    static Node one = new Node(1, null);
    static Node two = new Node(2, one);

    public static Outcomes aba() {
        return begin(() -> top = new AtomicReference<>(two))
                .thread(() -> {
                    Node seen = top.get();
                    if (seen == null) {
                        return;
                    }
                    Node next = seen.next();
                    x = top.compareAndSet(seen, next) ? 1 : 0;
                })
                .thread(() -> {
                    top.set(one); // pops two
                    top.set(null); // pops one
                    top.set(two); // pushes two again, on nothing
                })
                .outcome(() -> x + " " + (top.get() == one));
    }

    private static void eat(ReentrantLock first, ReentrantLock second) {
        first.lock();
        second.lock();
        second.unlock();
        first.unlock();
    }

    private static Outcomes table(int seats, String repair) {
        ReentrantLock[] forks = new ReentrantLock[seats];
        Exploration program = begin(() -> {
            for (int i = 0; i < seats; i++) {
                forks[i] = new ReentrantLock();
            }
            room = new Semaphore(seats - 1);
        });
        for (int i = 0; i < seats; i++) {
            int left = i;
            int right = (i + 1) % seats;
            program = program.thread(
                    "P" + i,
                    switch (repair) {
                        case "order" -> () -> eat(forks[Math.min(left, right)], forks[Math.max(left, right)]);
                        case "waiter" ->
                            () -> {
                                room.acquire();
                                eat(forks[left], forks[right]);
                                room.release();
                            };
                        case "together" ->
                            () -> {
                                synchronized (lock) {
                                    forks[left].lock();
                                    forks[right].lock();
                                }
                                forks[left].unlock();
                                forks[right].unlock();
                            };
                        case "left-handed" ->
                            left == 0 ? () -> eat(forks[right], forks[left]) : () -> eat(forks[left], forks[right]);
                        default -> () -> eat(forks[left], forks[right]);
                    });
        }
        return program.outcome(() -> "fed");
    }

    public static Outcomes philosophers() {
        return table(3, "");
    }

    public static Outcomes philosophersInOrder() {
        return table(3, "order");
    }

    public static Outcomes philosophersWithWaiter() {
        return table(3, "waiter");
    }

    public static Outcomes philosophersTogether() {
        return table(3, "together");
    }

    public static Outcomes leftHanded() {
        return table(3, "left-handed");
    }

    public static Outcomes five() {
        return table(5, "");
    }

    public static Outcomes fiveInOrder() {
        return table(5, "order");
    }

    public static Outcomes fourPreemptions() {
        Body ten = () -> {
            for (int i = 0; i < 10; i++) {
                x++;
            }
        };
        return begin(() -> {}).budget(20_000).thread("A", ten).thread("B", ten).outcome(() -> x);
    }

    public static Outcomes differentLocks() {
        return begin(() -> {})
                .thread(() -> {
                    synchronized (lock) {
                        x++;
                    }
                })
                .thread(() -> {
                    synchronized (other) {
                        x++;
                    }
                })
                .outcome(() -> x);
    }

    private static void countBoxed() {
        synchronized (boxed) {
            boxed = boxed + 1;
        }
    }

    public static Outcomes boxedLock() {
        return begin(() -> boxed = 0)
                .thread(() -> countBoxed())
                .thread(() -> countBoxed())
                .thread(() -> countBoxed())
                .outcome(() -> boxed);
    }

    // ---- wrong ones

    public static Outcomes throwsInAThread() {
        return begin(() -> {})
                .thread(() -> {
                    throw new IllegalStateException("no");
                })
                .thread(() -> x++)
                .outcome(() -> x);
    }

    public static Outcomes neverEnds() {
        return begin(() -> {})
                .thread(() -> {
                    int i = 0;
                    while (i >= 0) {
                        i = i == 5 ? 0 : i + 1;
                    }
                })
                .outcome(() -> x);
    }

    public static Outcomes livelock() {
        return begin(() -> {})
                .budget(2000)
                .thread(() -> {
                    while (x < 1000) {
                        x = x == 2 ? 0 : x + 1;
                    }
                })
                .thread(() -> {
                    while (x < 1000) {
                        x = x == 2 ? 0 : x + 1;
                    }
                })
                .outcome(() -> x);
    }

    public static Outcomes prints() {
        return begin(() -> {})
                .thread(() -> IO.println("A"))
                .thread(() -> System.out.println("B"))
                .outcome(() -> x);
    }

    public static Outcomes setupThrows() {
        return begin(() -> {
                    throw new IllegalStateException("not ready");
                })
                .thread(() -> x++)
                .outcome(() -> x);
    }

    public static Outcomes setupBlocks() {
        return begin(() -> new Semaphore(0).acquire()).thread(() -> x++).outcome(() -> x);
    }

    public static Outcomes seventeen() {
        Exploration program = begin(() -> {});
        for (int i = 0; i < 17; i++) {
            program = program.thread(() -> x++);
        }
        return program.outcome(() -> x);
    }

    static final ReentrantLock plain = new ReentrantLock();

    public static Outcomes referenceAsBody() {
        return begin(() -> {}).thread(plain::lock).outcome(() -> x);
    }
}
