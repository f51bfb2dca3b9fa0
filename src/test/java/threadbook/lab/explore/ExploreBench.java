package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Program;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.model.Models;
import threadbook.lab.explore.search.DepthFirst;
import threadbook.lab.explore.search.Reduced;

/// How many schedules are run in a second, beside what threads of the platform that hand over to each other could
/// do, and how many of them need not be run.
///
/// Prints a line for each, and one for how fast the first schedules of a JVM are; the exit status is 1 if one of
/// them is not what the library promises. A round runs all 12 870 schedules of the program, classes and weaving
/// included. Rounds count once the JIT has done its work: when three of them were no longer faster than the three
/// before.
public final class ExploreBench {
    private static final int ROUNDS = 7;
    private static final int WARM = 24; // rounds at most until the JIT has done its work
    private static final int LAST = 3; // rounds whose best is compared with the best of those before
    private static final double STEADY = 1.05;
    private static final int STEPS = 16; // of a schedule of two threads with four increments each
    private static final int HANDED = 1_000; // schedules by hand-over
    private static final double FAST = 50_000;
    private static final double FASTER = 20;

    private ExploreBench() {}

    public static void main(String[] arguments) throws Exception {
        double first = warmUp();
        var explored = new ArrayList<Double>();
        var handed = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            explored.add(explored());
            handed.add(handedOver());
        }
        double fast = median(explored);
        double slow = median(handed);
        long all = schedules("ownAndShared", false);
        long some = schedules("ownAndShared", true);
        System.out.printf(
                Locale.ROOT, "2 threads x 4 increments        %,10.0f schedules/s (at least %,.0f)%n", fast, FAST);
        System.out.printf(Locale.ROOT, "the same, first in this JVM     %,10.0f schedules/s%n", first);
        System.out.printf(
                Locale.ROOT,
                "platform threads, handing over  %,10.0f schedules/s: %.0f times less (at least %.0f)%n",
                slow,
                fast / slow,
                FASTER);
        System.out.printf(
                Locale.ROOT,
                "own lock and shared, 3 threads  %,10d of %,d schedules: 1/%d (at most 1/20)%n",
                some,
                all,
                all / some);
        System.exit(fast >= FAST && fast / slow >= FASTER && all >= 20 * some ? 0 : 1);
    }

    /// {@return schedules in a second, in the first round of all}
    private static double warmUp() throws Exception {
        var rounds = new ArrayList<Double>();
        do {
            rounds.add(explored());
        } while (rounds.size() < WARM && !isSteady(rounds));
        return rounds.getFirst();
    }

    private static boolean isSteady(List<Double> rounds) {
        int before = rounds.size() - LAST;
        return before >= LAST
                && Collections.max(rounds.subList(before, rounds.size()))
                        <= STEADY * Collections.max(rounds.subList(before - LAST, before));
    }

    /// {@return schedules in a second}, over all of them
    private static double explored() throws Exception {
        long begun = System.nanoTime();
        long count = schedules("increments", false, 2, 4);
        return count * 1e9 / (System.nanoTime() - begun);
    }

    private static long schedules(String name, boolean reduced, Object... arguments) throws Exception {
        try (Engine engine = engine(name, arguments)) {
            engine.open();
            engine.everyAccess(true);
            engine.run((at, choices, e) -> 0);
            engine.run((at, choices, e) -> choices.count() - 1);
            engine.everyAccess(false);
            return reduced ? reduced(engine) : all(engine);
        }
    }

    private static long all(Engine engine) throws InterruptedException {
        DepthFirst search = DepthFirst.ofAll();
        long count = 0;
        do {
            engine.run((Chooser) search);
            count++;
        } while (search.next());
        return count;
    }

    private static long reduced(Engine engine) throws InterruptedException {
        Reduced search = new Reduced();
        long count = 0;
        Schedule schedule;
        do {
            schedule = engine.run(search);
            count += schedule.end() == Schedule.End.CUT ? 0 : 1;
        } while (search.next(schedule));
        return count;
    }

    private static Engine engine(String name, Object... arguments) throws ReflectiveOperationException {
        String programs = ExploreBench.class.getPackageName() + ".Programs";
        ClassLoader loader = new ExploredLoader(programs);
        for (var method : loader.loadClass(programs).getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && method.getReturnType() == Program.class
                    && method.getParameterCount() == arguments.length) {
                method.setAccessible(true);
                return new Engine((Program) method.invoke(null, arguments), new Models(loader), 10_000, 0);
            }
        }
        throw new NoSuchMethodException(name);
    }

    /// {@return schedules in a second of platform threads}: as in the explorer, two new ones for each schedule, of
    /// which a third lets one at a time do a step
    private static double handedOver() throws InterruptedException {
        long begun = System.nanoTime();
        for (int schedule = 0; schedule < HANDED; schedule++) {
            var go = List.of(new Semaphore(0), new Semaphore(0));
            var back = new Semaphore(0);
            var threads = new ArrayList<Thread>();
            for (Semaphore mine : go) {
                threads.add(Thread.ofPlatform().daemon().start(() -> {
                    for (int step = 0; step < STEPS / 2; step++) {
                        mine.acquireUninterruptibly();
                        back.release();
                    }
                }));
            }
            for (int step = 0; step < STEPS; step++) {
                go.get(step % 2).release();
                back.acquire();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return HANDED * 1e9 / (System.nanoTime() - begun);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
