package threadbook.lab.explore;

import java.util.concurrent.locks.ReentrantLock;

/// Programs as students write them.
@SuppressWarnings("unused") // called by name, in a loader that weaves them
public final class Lessons {
    static int x = 17;
    static int counter;
    static final ReentrantLock a = new ReentrantLock();
    static final ReentrantLock b = new ReentrantLock();

    private Lessons() {}

    public static int x() {
        return x;
    }

    public static Outcomes addAndDouble() {
        return Exploration.of(() -> x = 2)
                .thread(() -> x = x + 1)
                .thread(() -> x = x * 2)
                .outcome(() -> x);
    }

    static void increase(int by) {
        int local = counter;
        local += by;
        counter = local;
    }

    static void safeIncrease(int by) {
        a.lock();
        try {
            increase(by);
        } finally {
            a.unlock();
        }
    }

    public static Outcomes unlocked() {
        return Exploration.of(() -> counter = 0)
                .thread(() -> increase(10))
                .thread(() -> increase(20))
                .outcome(() -> counter);
    }

    public static Outcomes locked() {
        return Exploration.of(() -> counter = 0)
                .thread(() -> safeIncrease(10))
                .thread(() -> safeIncrease(20))
                .outcome(() -> counter);
    }

    static void increaseIfFree() {
        if (a.tryLock()) {
            counter++;
            a.unlock();
        }
    }

    public static Outcomes tried() {
        return Exploration.of(() -> counter = 0)
                .thread(Lessons::increaseIfFree)
                .thread(Lessons::increaseIfFree)
                .outcome(() -> counter);
    }

    static void ab() {
        a.lock();
        b.lock();
        b.unlock();
        a.unlock();
    }

    static void ba() {
        b.lock();
        a.lock();
        a.unlock();
        b.unlock();
    }

    public static Outcomes crossed() {
        return Exploration.of(() -> {})
                .thread("A", () -> ab())
                .thread("B", () -> ba())
                .outcome(() -> "done");
    }
}
