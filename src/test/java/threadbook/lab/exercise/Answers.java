package threadbook.lab.exercise;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.explore.Exploration;
import threadbook.lab.explore.ExploredLoader;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.explore.Verdict;
import threadbook.lab.gil.GlobalLock;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Result;

/// What students hand in: right answers, and wrong ones that look right.
@SuppressWarnings("unused") // called by name, in a loader that weaves them
public final class Answers {
    static int x;
    static int sold;
    static int mine;
    static int yours;
    static int seen;
    static Integer boxed = 0;
    static int[] uses = new int[3];
    static AtomicInteger number = new AtomicInteger();
    static ReentrantLock lock = new ReentrantLock();
    static ReentrantLock other = new ReentrantLock();
    static ReentrantLock[] forks = new ReentrantLock[3];

    private Answers() {}

    /// {@return the answer of that name, woven}
    static Outcomes handedIn(String name) {
        return call(name, Outcomes.class);
    }

    static <T> T call(String name, Class<T> type) {
        try {
            return type.cast(new ExploredLoader(Answers.class.getName())
                    .loadClass(Answers.class.getName())
                    .getDeclaredMethod(name)
                    .invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static void locked(ReentrantLock guard, Body work) throws Exception {
        guard.lock();
        try {
            work.run();
        } finally {
            guard.unlock();
        }
    }

    // ---- predictions and hunts

    public static Outcomes finish() {
        return Exploration.of(() -> x = 1)
                .thread(() -> x = x + 5)
                .thread(() -> x = x * 3)
                .outcome(() -> x);
    }

    public static Outcomes doubled() {
        return Exploration.of(() -> x = 2)
                .thread(() -> x = x + 1)
                .thread(() -> x = x * 2)
                .outcome(() -> x);
    }

    public static Outcomes alwaysFour() {
        return Exploration.of(() -> x = 4)
                .thread(() -> x = x + 0)
                .thread(() -> x = x + 0)
                .outcome(() -> x);
    }

    public static Outcomes threeEach() {
        Body three = () -> {
            for (int i = 0; i < 3; i++) {
                x++;
            }
        };
        return Exploration.of(() -> x = 0).thread("A", three).thread("B", three).outcome(() -> x);
    }

    public static Outcomes visits() {
        return Exploration.of(() -> {})
                .thread("A", () -> {
                    locked(lock, () -> {});
                    other.lock();
                    lock.lock();
                    lock.unlock();
                    other.unlock();
                })
                .thread("B", () -> {
                    lock.lock();
                    other.lock();
                    other.unlock();
                    lock.unlock();
                })
                .outcome(() -> "done");
    }

    // ---- the box offices of lesson 03

    private static Outcomes offices(Body sell, Result<?> reading) {
        return Exploration.of(() -> {
                    sold = 0;
                    boxed = 0;
                })
                .thread(sell)
                .thread(sell)
                .thread(sell)
                .outcome(reading);
    }

    public static Outcomes soldBehindALock() {
        return offices(() -> locked(lock, () -> sold++), () -> sold);
    }

    public static Outcomes soldAtomically() {
        return offices(() -> number.incrementAndGet(), () -> number.get());
    }

    public static Outcomes soldWithoutALock() {
        return offices(() -> sold++, () -> sold);
    }

    public static Outcomes soldBehindALockOfOnesOwn() {
        return offices(() -> locked(new ReentrantLock(), () -> sold++), () -> sold);
    }

    public static Outcomes soldBehindABoxedLock() {
        return offices(
                () -> {
                    synchronized (boxed) {
                        boxed = boxed + 1;
                    }
                },
                () -> boxed);
    }

    public static Outcomes soldNothing() {
        return offices(() -> {}, () -> 3);
    }

    public static Outcomes soldAndNeverUnlocked() {
        return offices(
                () -> {
                    lock.lock();
                    sold++;
                },
                () -> sold);
    }

    public static Outcomes soldInVain() {
        return offices(
                () -> {
                    while (sold < 10) {
                        sold++;
                        sold--;
                    }
                },
                () -> sold);
    }

    public static Outcomes soldByTwo() {
        return Exploration.of(() -> sold = 0)
                .thread(() -> locked(lock, () -> sold++))
                .thread(() -> locked(lock, () -> sold++))
                .outcome(() -> sold);
    }

    // ---- the bank of lesson 04

    private static Outcomes bank(Body move, Body sum) {
        return Exploration.of(() -> {
                    mine = 100;
                    yours = 0;
                    seen = 100;
                })
                .thread("Ann", move)
                .thread("Bob", move)
                .thread("auditor", sum)
                .outcome(() -> mine + " " + yours + " " + seen);
    }

    private static void move() {
        if (mine >= 60) {
            mine -= 60;
            yours += 60;
        }
    }

    private static void sum() {
        seen = mine + yours;
    }

    public static Outcomes bankBehindOneLock() {
        return bank(() -> locked(lock, () -> move()), () -> locked(lock, () -> sum()));
    }

    public static Outcomes bankThatAsksOutside() {
        return bank(
                () -> {
                    if (mine >= 60) {
                        locked(lock, () -> {
                            mine -= 60;
                            yours += 60;
                        });
                    }
                },
                () -> locked(lock, () -> sum()));
    }

    public static Outcomes bankWithTwoLocks() {
        return bank(() -> locked(lock, () -> move()), () -> locked(other, () -> sum()));
    }

    public static Outcomes bankThatThrows() {
        return bank(
                () -> locked(lock, () -> {
                    if (mine < 60) {
                        throw new IllegalStateException("no money");
                    }
                    move();
                }),
                () -> locked(lock, () -> sum()));
    }

    // ---- the table of lesson 05

    private static void use(int left, int right) {
        uses[left]++;
        uses[right]++;
    }

    private interface Meal {
        void eat(int left, int right) throws Exception;
    }

    private static Outcomes table(Meal meal) {
        return Exploration.of(() -> {
                    forks = new ReentrantLock[] {new ReentrantLock(), new ReentrantLock(), new ReentrantLock()};
                    uses = new int[3];
                })
                .thread("P0", () -> meal.eat(0, 1))
                .thread("P1", () -> meal.eat(1, 2))
                .thread("P2", () -> meal.eat(2, 0))
                .outcome(() -> Arrays.toString(uses));
    }

    public static Outcomes forksInOrder() {
        return table((left, right) -> locked(
                forks[Math.min(left, right)], () -> locked(forks[Math.max(left, right)], () -> use(left, right))));
    }

    public static Outcomes leftForkFirst() {
        return table((left, right) -> locked(forks[left], () -> locked(forks[right], () -> use(left, right))));
    }

    public static Outcomes otherOrderOfGivingBack() {
        return table((left, right) -> {
            forks[left].lock();
            forks[right].lock();
            use(left, right);
            forks[left].unlock();
            forks[right].unlock();
        });
    }

    public static Outcomes oneForkIsEnough() {
        return table((left, right) -> locked(forks[left], () -> use(left, right)));
    }

    public static Outcomes triesAgainAndAgain() {
        return table((left, right) -> {
            while (true) {
                forks[left].lock();
                if (forks[right].tryLock()) {
                    break;
                }
                forks[left].unlock();
            }
            use(left, right);
            forks[right].unlock();
            forks[left].unlock();
        });
    }

    public static Outcomes triesOnce() {
        return table((left, right) -> {
            forks[left].lock();
            if (forks[right].tryLock()) {
                use(left, right);
                forks[right].unlock();
            }
            forks[left].unlock();
        });
    }

    // ---- verdicts

    public static Verdict right() {
        return soldBehindALock().verify(3);
    }

    public static Verdict refuted() {
        return soldWithoutALock().verify(3);
    }

    public static Verdict racy() {
        return soldWithoutALock().verify(outcome -> true);
    }

    // ---- under the global lock

    static GlobalLock gil = GlobalLock.of(5);

    public static Outcomes doubledAtACheck() {
        return Exploration.of(() -> x = 1)
                .thread(
                        "T1",
                        () -> gil.run(() -> {
                            x = x + 1;
                            gil.check();
                            x = x + 1;
                        }))
                .thread("T2", () -> gil.run(() -> x = x * 2))
                .outcome(() -> x);
    }

    private static void deliver() {
        int value = x;
        gil.check();
        x = value + 1;
    }

    public static Outcomes deliveredUnderTheGlobalLock() {
        return Exploration.of(() -> x = 0)
                .thread("T1", () -> gil.run(() -> deliver()))
                .thread("T2", () -> gil.run(() -> deliver()))
                .outcome(() -> x);
    }

    private static void deliverAlone() {
        gil.release(() -> lock.lock());
        try {
            deliver();
        } finally {
            lock.unlock();
        }
    }

    public static Outcomes deliveredBehindALock() {
        return Exploration.of(() -> {
                    x = 0;
                    lock = new ReentrantLock();
                })
                .thread("T1", () -> gil.run(() -> deliverAlone()))
                .thread("T2", () -> gil.run(() -> deliverAlone()))
                .outcome(() -> x);
    }

    private static void deliverHoldingOn() {
        lock.lock(); // broken on purpose: who waits here keeps the global lock
        try {
            deliver();
        } finally {
            lock.unlock();
        }
    }

    public static Outcomes deliveredHoldingOn() {
        return Exploration.of(() -> {
                    x = 0;
                    lock = new ReentrantLock();
                })
                .thread("T1", () -> gil.run(() -> deliverHoldingOn()))
                .thread("T2", () -> gil.run(() -> deliverHoldingOn()))
                .outcome(() -> x);
    }
}
