package threadbook.lab.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.IndexedBody;
import threadbook.lab.thread.WaitInterruptedException;

/// Measures a speedup on a machine that is not ours alone.
///
/// 1. Warm up until the plan's time and rounds have passed and the last runs agree, so that the
///    compiler has settled.
/// 2. In each round run every number of workers once, in random order: what disturbs the round
///    disturbs the run on one worker as well, and the ratio of the two suffers less than either.
/// 3. Keep only pairs of runs that were both clean ([CleanRule]).
/// 4. Stop when each number of workers has as many clean pairs as wanted, or when the time is
///    over.
/// 5. Say the median of the ratios and its interval, or, with fewer than five clean pairs, why
///    not.
///
/// A run repeats its body if one takes less than 25 ms: the system's books are too coarse for
/// less.
final class SpeedupMeasurement {

    static final int CLEAN_NEEDED = 5;
    private static final double STABLE = 0.05;

    /// How long to go on.
    ///
    /// @param warmUp        at least so long
    /// @param warmUpRounds  and at least so many rounds
    /// @param warmUpLimit   but no longer than this
    /// @param budget        when to stop measuring, even if there are too few clean rounds
    /// @param cleanWanted   when to stop measuring earlier
    /// @param run           how long a run is to take at least
    record Plan(
            Duration warmUp, int warmUpRounds, Duration warmUpLimit, Duration budget, int cleanWanted, Duration run) {

        /// What a lesson has time for.
        static final Plan LESSON = new Plan(
                Duration.ofMillis(500), 6, Duration.ofSeconds(2), Duration.ofSeconds(6), 15, Duration.ofMillis(25));
    }

    private record Run(double nanos, boolean clean, Usage usage) {}

    private final Plan plan;
    private final CoreWitness witness;
    private final CleanRule rule;
    private final LongSupplier clock;
    private final RandomGenerator random;

    SpeedupMeasurement(Plan plan) {
        this(
                plan,
                CoreWitness.ofThisSystem(),
                new CleanRule(Runtime.getRuntime().availableProcessors()),
                System::nanoTime,
                new Random());
    }

    SpeedupMeasurement(Plan plan, CoreWitness witness, CleanRule rule, LongSupplier clock, RandomGenerator random) {
        this.plan = plan;
        this.witness = witness;
        this.rule = rule;
        this.clock = clock;
        this.random = random;
    }

    /// {@return a point for one worker and for each of the counts, in ascending order}
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    /// @throws BodyFailedException       if the body throws a checked exception
    List<SpeedupPoint> measure(IndexedBody body, List<Integer> counts) {
        var workers = new TreeSet<>(counts);
        workers.add(1);
        if (workers.getFirst() < 1) {
            throw new IllegalArgumentException("speedup needs at least 1 worker, found " + workers.getFirst());
        }
        var rounds = new Rounds(body, repetitions(warmUp(body, List.copyOf(workers))), List.copyOf(workers));
        rounds.make();
        return workers.stream().map(rounds::point).toList();
    }

    // The shortest run of the last round, in nanoseconds.
    private double warmUp(IndexedBody body, List<Integer> workers) {
        long start = clock.getAsLong();
        var singles = new ArrayList<Double>();
        while (true) {
            double shortest = Double.MAX_VALUE;
            for (int count : shuffled(workers)) {
                double nanos = nanos(body, count, 1);
                shortest = Math.min(shortest, nanos);
                if (count == 1) {
                    singles.add(nanos);
                }
            }
            long passed = clock.getAsLong() - start;
            boolean warm = passed >= plan.warmUp.toNanos() && singles.size() >= plan.warmUpRounds && stable(singles);
            if (warm || passed >= plan.warmUpLimit.toNanos()) {
                return shortest;
            }
        }
    }

    private static boolean stable(List<Double> singles) {
        if (singles.size() < 6) {
            return false;
        }
        int end = singles.size();
        double last = Collections.min(singles.subList(end - 3, end));
        double before = Collections.min(singles.subList(end - 6, end - 3));
        return Math.abs(last - before) <= STABLE * before;
    }

    private int repetitions(double nanos) {
        return (int) Math.clamp(Math.ceil(plan.run.toNanos() / Math.max(1, nanos)), 1, 10_000);
    }

    private double nanos(IndexedBody body, int workers, int repetitions) {
        if (Thread.interrupted()) {
            throw WaitInterruptedException.restoringFlag("speedup");
        }
        long start = clock.getAsLong();
        BodyFailedException.unchecked(() -> {
            for (int done = 0; done < repetitions; done++) {
                body.run(workers);
            }
        });
        return Math.max(1, clock.getAsLong() - start) / (double) repetitions;
    }

    private List<Integer> shuffled(List<Integer> counts) {
        var order = new ArrayList<>(counts);
        Collections.shuffle(order, random);
        return order;
    }

    /// The rounds that count, and what came of them.
    private final class Rounds {
        private final IndexedBody body;
        private final int repetitions;
        private final List<Integer> workers;
        private final Map<Integer, List<Run>> runs = new TreeMap<>();
        private final Map<Integer, List<Double>> ratios = new TreeMap<>();
        private int made;
        private double passed;
        private double others;

        Rounds(IndexedBody body, int repetitions, List<Integer> workers) {
            this.body = body;
            this.repetitions = repetitions;
            this.workers = workers;
            for (int count : workers) {
                runs.put(count, new ArrayList<>());
                ratios.put(count, new ArrayList<>());
            }
        }

        void make() {
            long start = clock.getAsLong();
            var watch = witness.begin(); // over all rounds: other programs are counted in coarse steps
            var wanted = wanted();
            while (!wanted.isEmpty() && passed < plan.budget.toNanos()) {
                round(wanted);
                made++;
                passed = clock.getAsLong() - start;
                wanted = wanted();
            }
            others = watch.end().others();
        }

        private List<Integer> wanted() {
            var wanted = new TreeSet<>(workers);
            wanted.removeIf(count -> ratios(count).size() >= plan.cleanWanted);
            if (!wanted.isEmpty()) {
                wanted.add(1);
            }
            return List.copyOf(wanted);
        }

        private void round(List<Integer> counts) {
            var round = new TreeMap<Integer, Run>();
            for (int count : shuffled(counts)) {
                var watch = witness.begin();
                double nanos = nanos(body, count, repetitions);
                Usage usage = watch.end();
                round.put(count, new Run(nanos, rule.clean(count, usage), usage));
            }
            Run single = round.firstEntry().getValue();
            round.forEach((count, run) -> {
                runs(count).add(run);
                if (single.clean && run.clean) {
                    ratios(count).add(single.nanos / run.nanos);
                }
            });
        }

        SpeedupPoint point(int count) {
            var clean = runs(count).stream().filter(Run::clean).toList();
            var times = (clean.isEmpty() ? runs(count) : clean)
                    .stream().map(Run::nanos).toList();
            return new SpeedupPoint(
                    count,
                    Estimate.ofMedian(times),
                    verdict(count),
                    ratios(count).size(),
                    runs(count).size());
        }

        private Verdict verdict(int count) {
            if (ratios(count).size() >= CLEAN_NEEDED) {
                return new Verdict.Measured(Estimate.ofMedian(ratios(count)));
            }
            if (made < CLEAN_NEEDED) {
                return new Verdict.TooSlow(made, passed / made, plan.budget.toNanos());
            }
            double waiting = runs(count).stream()
                    .mapToDouble(run -> run.usage.waited())
                    .average()
                    .orElse(0);
            return new Verdict.TooNoisy(others, witness.cores(), waiting);
        }

        private List<Run> runs(int count) {
            return Objects.requireNonNull(runs.get(count));
        }

        private List<Double> ratios(int count) {
            return Objects.requireNonNull(ratios.get(count));
        }
    }
}
