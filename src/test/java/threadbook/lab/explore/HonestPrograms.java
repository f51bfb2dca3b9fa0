package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Programs that a careless explorer would call right.
@SuppressWarnings({"unused", "UnnecessaryMethodReference"}) // called by name, in a loader that weaves them
public final class HonestPrograms {
    static int x;
    static int y;
    static int seen;
    static int[] cells = {0, 0};
    static List<Integer> list = new ArrayList<>();
    static AtomicInteger atomic = new AtomicInteger();

    /// A way to do something, which is the program's own type.
    interface Way {
        void go();
    }

    // Made before anybody explores, so that nobody sees what they refer to.
    static final Consumer<Integer> ADD = list::add;
    static final Supplier<Integer> BUMP = atomic::incrementAndGet;
    static final Way OWN = atomic::incrementAndGet;
    static final Way[] WAYS = {atomic::incrementAndGet};
    static final List<Way> LISTED = List.of(atomic::incrementAndGet);
    static final Way HARMLESS = HonestPrograms::step;

    private HonestPrograms() {}

    static void step() {
        x++;
    }

    public static Outcomes storedAdd() {
        return Exploration.of(() -> list.clear())
                .thread(() -> ADD.accept(1))
                .thread(() -> ADD.accept(2))
                .outcome(() -> list.size());
    }

    public static Outcomes storedBump() {
        return bumped(() -> seen = BUMP.get());
    }

    public static Outcomes storedOwn() {
        return bumped(() -> OWN.go());
    }

    public static Outcomes storedInArray() {
        return bumped(() -> WAYS[0].go());
    }

    public static Outcomes storedInList() {
        return bumped(() -> LISTED.get(0).go());
    }

    public static Outcomes captured() {
        Way way = atomic::incrementAndGet;
        return bumped(() -> way.go());
    }

    private static Outcomes bumped(threadbook.lab.thread.Body body) {
        return Exploration.of(() -> atomic.set(0))
                .thread(() -> {
                    body.run();
                    body.run();
                })
                .thread(() -> seen = atomic.get())
                .outcome(() -> seen);
    }

    public static Outcomes ownReference() {
        return Exploration.of(() -> x = 0)
                .thread(() -> HARMLESS.go())
                .thread(() -> HARMLESS.go())
                .outcome(() -> x);
    }

    /// The copy is made of elements that another thread changes.
    public static Outcomes cloned() {
        return Exploration.of(() -> cells = new int[] {0, 0})
                .thread(() -> {
                    cells[0] = 1;
                    cells[1] = 1;
                })
                .thread(() -> {
                    int[] copy = cells.clone();
                    seen = copy[0] + copy[1];
                })
                .outcome(() -> seen);
    }

    /// Two futures that have nothing to do with each other, and two that have.
    public static Outcomes twoFutures() {
        return Exploration.of(() -> {
                    x = 0;
                    y = 0;
                })
                .thread(() -> {
                    var one = new CompletableFuture<Integer>();
                    one.complete(1);
                    x = one.join();
                })
                .thread(() -> {
                    var other = new CompletableFuture<Integer>();
                    other.complete(2);
                    seen = x;
                })
                .outcome(() -> seen);
    }

    static CompletableFuture<Integer> first = new CompletableFuture<>();
    static CompletableFuture<Integer> second = new CompletableFuture<>();

    /// Completing one future publishes nothing to who reads another one.
    public static Outcomes unrelatedFutures() {
        return Exploration.of(() -> {
                    x = 0;
                    first = new CompletableFuture<>();
                    second = new CompletableFuture<>();
                })
                .thread(() -> {
                    x = 1;
                    first.complete(1);
                })
                .thread(() -> {
                    second.complete(2);
                    seen = second.join() == 2 ? x : 0;
                })
                .outcome(() -> seen);
    }

    static class Counted {
        static int made = ++x;
    }

    /// The class is initialised by whichever thread comes first, once in a JVM.
    public static Outcomes initialiser() {
        return Exploration.of(() -> {
                    x = 0;
                    y = 0;
                })
                .thread(() -> y = Counted.made)
                .thread(() -> x = 10)
                .outcome(() -> x + " " + y);
    }

    static class Quiet {
        static int value = 7;
        static final int[] TABLE = {1, 2, 3};
    }

    /// What the class sets of itself is there before anybody sees it.
    public static Outcomes quietInitialiser() {
        return Exploration.of(() -> x = 0)
                .thread(() -> x = Quiet.value + Quiet.TABLE[2])
                .thread(() -> seen = Quiet.value)
                .outcome(() -> x);
    }

    static class Late {
        static int value = 7;
        final int[] cells = {0};
    }

    static Late late;

    public static Outcomes initialisedInSetUp() {
        return Exploration.of(() -> late = new Late())
                .thread(() -> late.cells[0] = Late.value)
                .thread(() -> x = Late.value + 1)
                .outcome(() -> x);
    }

    static ReentrantLock left = new ReentrantLock();
    static ReentrantLock right = new ReentrantLock();

    static void politely(ReentrantLock first, ReentrantLock second) {
        while (true) {
            first.lock();
            if (second.tryLock()) {
                second.unlock();
                first.unlock();
                return;
            }
            first.unlock();
        }
    }

    /// Two philosophers who put the first fork back when the second is taken.
    public static Outcomes polite() {
        return Exploration.of(() -> {})
                .thread("A", () -> politely(left, right))
                .thread("B", () -> politely(right, left))
                .budget(2000)
                .outcome(() -> "done");
    }

    public static Outcomes manyIncrements() {
        return Exploration.of(() -> x = 0)
                .thread(() -> tenTimes())
                .thread(() -> tenTimes())
                .outcome(() -> x);
    }

    private static void tenTimes() {
        for (int i = 0; i < 10; i++) {
            x++;
        }
    }

    static java.util.List<Integer> inOrder = new java.util.ArrayList<>();
    static Purse purse = new Purse();

    /// Holds money, and tells how much.
    public static final class Purse {
        int money;

        @Override
        public String toString() {
            return "holds " + money;
        }
    }

    public static Outcomes collected() {
        return Exploration.of(() -> inOrder = new java.util.ArrayList<>())
                .thread(() -> collect(1))
                .thread(() -> collect(2))
                .outcome(() -> inOrder);
    }

    private static void collect(int one) {
        synchronized (left) {
            inOrder.add(one);
        }
    }

    public static Outcomes saved() {
        return Exploration.of(() -> purse = new Purse())
                .thread(() -> purse.money++)
                .thread(() -> purse.money++)
                .outcome(() -> purse);
    }
}
