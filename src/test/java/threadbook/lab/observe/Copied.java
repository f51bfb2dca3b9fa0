package threadbook.lab.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Result;

/// Programs on static variables, a class for each; the classes are loaded anew for each copy.
@SuppressWarnings("unused") // called by name
public final class Copied {
    private Copied() {}

    private static Trial trial(Body setup, Body body, Result<?> outcome) {
        return new Trial(setup, List.of("A"), List.of(body), outcome);
    }

    public static final class Numbers {
        static int x = 17;
        static int start = 5;

        public static Trial trial() {
            return Copied.trial(() -> x = start, () -> x++, () -> x);
        }

        public static int x() {
            return x;
        }
    }

    public static final class Arrays {
        static int[] numbers = {1, 2};

        public static Trial trial() {
            numbers[0] = 3;
            return Copied.trial(() -> {}, () -> numbers[1]++, () -> numbers[0] + numbers[1]);
        }
    }

    static final class Box {
        static int step = 5;
        int value;

        void add() {
            value += step;
        }
    }

    public static final class Made {
        static Box box = new Box();

        public static Trial trial() {
            Box.step = 7;
            return Copied.trial(() -> box = new Box(), () -> box.add(), () -> box.value);
        }
    }

    public static final class Kept {
        static Box box = new Box();

        public static Trial trial() {
            return Copied.trial(() -> {}, () -> box.add(), () -> box.value);
        }
    }

    public static final class Listed {
        static List<String> words = new ArrayList<>(List.of("a"));

        public static Trial trial() {
            return Copied.trial(() -> {}, () -> words.add("b"), () -> words.size());
        }
    }

    public static final class Constant {
        static final int[] CELLS = {0};

        public static Trial trial() {
            CELLS[0] = 3; // not in a class that is loaded anew
            return Copied.trial(() -> {}, () -> CELLS[0]++, () -> CELLS[0]);
        }
    }

    public static final class Shared {
        static final ReentrantLock LOCK = new ReentrantLock();
        static ReentrantLock same = LOCK;

        public static Trial trial() {
            return Copied.trial(() -> {}, () -> LOCK.lock(), () -> same.isLocked());
        }
    }

    public static final class Capturing {
        public static Trial trial() {
            int[] local = {0};
            return Copied.trial(() -> local[0] = 0, () -> local[0]++, () -> local[0]);
        }
    }
}
