package threadbook.lab.explore.mini;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import threadbook.lab.explore.mini.Mini.Cell;
import threadbook.lab.explore.mini.Mini.Statement;

/// Random programs of the tiny language, as small as their interleavings have to be few.
final class RandomMini {
    private final Random random;
    private int held = -1; // the lock that is held where a statement is made

    RandomMini(Random random) {
        this.random = random;
    }

    Mini next() {
        int threads = random.nextInt(4) == 0 ? 3 : 2;
        var all = new ArrayList<List<Statement>>();
        for (int t = 0; t < threads; t++) {
            all.add(statements(1 + random.nextInt(threads == 2 ? 4 : 3), 0));
        }
        return new Mini(all);
    }

    private List<Statement> statements(int count, int depth) {
        var all = new ArrayList<Statement>();
        for (int i = 0; i < count; i++) {
            all.add(statement(depth));
        }
        return all;
    }

    private List<Statement> body(int depth) {
        return statements(1 + random.nextInt(2), depth + 1);
    }

    private int register() {
        return random.nextInt(Mini.REGISTERS);
    }

    private Cell cell() {
        return switch (random.nextInt(10)) {
            case 0 -> new Cell.Element(register());
            case 1 -> new Cell.Fixed(Mini.ARRAY + random.nextInt(2));
            case 2 -> new Cell.Fixed(Mini.BOX + random.nextInt(2));
            case 3, 4 -> new Cell.Pointed();
            default -> new Cell.Fixed(random.nextInt(random.nextBoolean() ? 1 : Mini.VARIABLES));
        };
    }

    private Statement statement(int depth) {
        int kinds = depth < 2 ? 24 : 13;
        return switch (random.nextInt(kinds)) {
            case 0, 1 -> new Statement.Load(register(), cell());
            case 2, 3 -> new Statement.Store(cell(), random.nextInt(3) - 1, random.nextInt(3));
            case 4 -> new Statement.Increment(cell());
            case 5 -> new Statement.Point(random.nextInt(2));
            case 6 -> atomic();
            case 7 -> held >= 0 ? new Statement.Notify(held, random.nextBoolean()) : new Statement.CountDown();
            case 8 -> held >= 0 ? waits(random.nextInt(4) == 0) : new Statement.AwaitLatch();
            case 9 -> new Statement.Acquire(random.nextInt(3) == 0 ? 1 : 0);
            case 10 -> new Statement.TryAcquire(random.nextInt(2), register());
            case 11 -> new Statement.Release(random.nextInt(2));
            case 12 -> spin();
            case 13, 14 -> new Statement.If(cell(), random.nextInt(2), body(depth), body(depth));
            case 15 -> new Statement.IfRegister(register(), random.nextInt(2), body(depth));
            case 16 -> new Statement.Repeat(2, body(depth));
            case 17 -> tryLocked(2 + random.nextInt(2), depth);
            case 18 -> chained(depth);
            default -> locked(random.nextInt(Mini.LOCKS), depth);
        };
    }

    private Statement atomic() {
        return switch (random.nextInt(4)) {
            case 0 -> new Statement.AtomicGet(register());
            case 1 -> new Statement.AtomicSet(random.nextInt(3));
            case 2 -> new Statement.AtomicAdd(register());
            default -> new Statement.AtomicSwap(random.nextInt(2), random.nextInt(3), register());
        };
    }

    private Statement waits(boolean timed) {
        return new Statement.Wait(held, random.nextInt(2), 0, !timed && random.nextBoolean(), timed);
    }

    private Statement spin() {
        int variable = random.nextInt(2);
        return new Statement.Spin(variable, 0, random.nextInt(3) == 0 ? 1 - variable : -1, random.nextInt(2));
    }

    private Statement locked(int lock, int depth) {
        int before = held;
        held = lock;
        List<Statement> body = body(depth);
        held = before;
        return new Statement.Locked(lock, body);
    }

    private Statement tryLocked(int lock, int depth) {
        int before = held;
        held = lock;
        int register = register();
        List<Statement> body = body(depth);
        held = before;
        return new Statement.TryLocked(lock, register, body);
    }

    private Statement chained(int depth) {
        int before = held;
        held = -1;
        List<Statement> body = statements(random.nextInt(2), depth + 1);
        held = before;
        boolean order = random.nextBoolean();
        return new Statement.Chained(order ? 2 : 3, order ? 3 : 2, body);
    }
}
