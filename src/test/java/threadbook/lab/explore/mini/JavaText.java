package threadbook.lab.explore.mini;

import java.util.List;
import threadbook.lab.explore.mini.Mini.Cell;
import threadbook.lab.explore.mini.Mini.Statement;

/// A program of the tiny language as a Java class, as a student would write it.
final class JavaText {
    static final String PACKAGE = "threadbook.mini";

    private final StringBuilder text = new StringBuilder();
    private int loops;

    private JavaText() {}

    /// {@return the source of a class with a static method `program()`}
    ///
    /// @param fresh  whether its set-up makes new objects, or the same ones serve all schedules
    static String of(Mini program, String name, boolean fresh) {
        var java = new JavaText();
        String objects = """
                b0 = new Box(); b1 = new Box(); m0 = new Object(); m1 = new Object(); l2 = new ReentrantLock();
                l3 = new ReentrantLock(); c2 = l2.newCondition(); c3 = l3.newCondition();
                s0 = new Semaphore(1); s1 = new Semaphore(0); latch = new CountDownLatch(1);
                atomic = new AtomicInteger(); a = new int[2];
                """;
        java.text.append("""
                package %s;
                import java.util.List;
                import java.util.concurrent.*;
                import java.util.concurrent.atomic.*;
                import java.util.concurrent.locks.*;
                import threadbook.lab.explore.engine.Program;
                public final class %s {
                    static final class Box { int v; }
                    static int x0, x1, x2; static int[] a; static Box b0, b1, p; static Object m0, m1;
                    static ReentrantLock l2, l3; static Condition c2, c3; static Semaphore s0, s1;
                    static CountDownLatch latch; static AtomicInteger atomic;
                    static { %s p = b0; }
                """.formatted(PACKAGE, name, objects));
        int count = program.threads().size();
        for (int t = 0; t < count; t++) {
            java.text.append("static int o%d_0, o%d_1, o%d_2;\n".formatted(t, t, t));
            java.text.append("static void t%d() throws Exception {\nint r0 = 0, r1 = 0, r2 = 0;\n".formatted(t));
            java.all(program.threads().get(t));
            java.text.append("o%d_0 = r0; o%d_1 = r1; o%d_2 = r2;\n}\n".formatted(t, t, t));
        }
        var names = new StringBuilder();
        var bodies = new StringBuilder();
        var outcome = new StringBuilder(
                "x0 + \" \" + x1 + \" \" + x2 + \" \" + a[0] + \" \" + a[1] + \" \" + b0.v + \" \" + b1.v"
                        + " + \" \" + (p == b0 ? 0 : 1) + \" \" + atomic.get()");
        for (int t = 0; t < count; t++) {
            names.append(t == 0 ? "" : ", ").append("\"T").append(t).append('"');
            bodies.append(t == 0 ? "" : ", ").append("() -> t").append(t).append("()");
            outcome.append(" + \" \" + o%d_0 + \" \" + o%d_1 + \" \" + o%d_2".formatted(t, t, t));
        }
        java.text.append(
                "public static Program program() { return new Program(() -> { %s }, List.of(%s), List.<threadbook.lab.thread.Body>of(%s), () -> %s, %s.class.getClassLoader()); }\n}\n"
                        .formatted(fresh ? objects + " p = b0;" : "x0 = 0;", names, bodies, outcome, name));
        return java.text.toString();
    }

    private static String cell(Cell cell) {
        return switch (cell) {
            case Cell.Fixed(int number) -> fixed(number);
            case Cell.Element(int register) -> "a[r" + register + " & 1]";
            case Cell.Pointed() -> "p.v";
        };
    }

    private static String fixed(int number) {
        return number < Mini.ARRAY
                ? "x" + number
                : number < Mini.BOX ? "a[" + (number - Mini.ARRAY) + "]" : "b" + (number - Mini.BOX) + ".v";
    }

    private void all(List<Statement> statements) {
        statements.forEach(this::add);
    }

    private void block(String head, List<Statement> body, String end) {
        text.append(head).append(" {\n");
        all(body);
        text.append(end).append("}\n");
    }

    private void line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append('\n');
    }

    private static String taken(int lock) {
        return lock < 2 ? "synchronized (m%d)".formatted(lock) : "l%d.lock();".formatted(lock);
    }

    private void add(Statement statement) {
        switch (statement) {
            case Statement.Load(int register, Cell from) -> line("r%d = %s;", register, cell(from));
            case Statement.Store(Cell to, int register, int constant) ->
                line("%s = %s;", cell(to), register < 0 ? "" + constant : "r" + register + " + " + constant);
            case Statement.Increment(Cell cell) -> line("%s++;", cell(cell));
            case Statement.Point(int box) -> line("p = b%d;", box);
            case Statement.If(Cell cell, int equals, var then, var otherwise) -> {
                block("if (%s == %d)".formatted(cell(cell), equals), then, "");
                block("else", otherwise, "");
            }
            case Statement.IfRegister(int register, int equals, var then) ->
                block("if (r%d == %d)".formatted(register, equals), then, "");
            case Statement.Repeat(int times, var body) -> {
                String i = "i" + loops++;
                block("for (int %s = 0; %s < %d; %s++)".formatted(i, i, times, i), body, "");
            }
            case Statement.Spin(int variable, int value, int other, int otherValue) ->
                line(
                        "while (x%d == %d%s) {}",
                        variable, value, other < 0 ? "" : " && x%d == %d".formatted(other, otherValue));
            case Statement.Locked(int lock, var body) ->
                block(taken(lock), body, lock < 2 ? "" : "l%d.unlock();\n".formatted(lock));
            case Statement.TryLocked(int lock, int register, var body) -> {
                line("r%d = l%d.tryLock() ? 1 : 0;", register, lock);
                block("if (r%d == 1)".formatted(register), body, "l%d.unlock();\n".formatted(lock));
            }
            case Statement.Chained(int first, int second, var body) ->
                block(
                        "l%d.lock(); l%d.lock();".formatted(first, second),
                        body,
                        "l%d.unlock(); l%d.unlock();\n".formatted(first, second));
            case Statement.Wait(int lock, int variable, int value, boolean loop, boolean timed) ->
                line(
                        "%s (%s == %d) %s;",
                        loop ? "while" : "if",
                        fixed(variable),
                        value,
                        lock < 2
                                ? "m%d.wait(%s)".formatted(lock, timed ? "10" : "")
                                : timed ? "c%d.awaitNanos(10)".formatted(lock) : "c%d.await()".formatted(lock));
            case Statement.Notify(int lock, boolean all) ->
                line(
                        "%s;",
                        lock < 2
                                ? "m%d.notify%s()".formatted(lock, all ? "All" : "")
                                : "c%d.signal%s()".formatted(lock, all ? "All" : ""));
            case Statement.Acquire(int semaphore) -> line("s%d.acquire();", semaphore);
            case Statement.TryAcquire(int semaphore, int register) ->
                line("r%d = s%d.tryAcquire() ? 1 : 0;", register, semaphore);
            case Statement.Release(int semaphore) -> line("s%d.release();", semaphore);
            case Statement.CountDown() -> line("latch.countDown();");
            case Statement.AwaitLatch() -> line("latch.await();");
            case Statement.AtomicGet(int register) -> line("r%d = atomic.get();", register);
            case Statement.AtomicSet(int value) -> line("atomic.set(%d);", value);
            case Statement.AtomicAdd(int register) -> line("r%d = atomic.incrementAndGet();", register);
            case Statement.AtomicSwap(int expected, int value, int register) ->
                line("r%d = atomic.compareAndSet(%d, %d) ? 1 : 0;", register, expected, value);
        }
    }
}
