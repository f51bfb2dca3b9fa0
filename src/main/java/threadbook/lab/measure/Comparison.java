package threadbook.lab.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;

/// How long several ways to do the same take, measured side by side.
///
/// Nothing runs before somebody looks at the result: [#run] only adds a variant. The first look
/// warms all variants up, then runs each of them once per round, in random order, and remembers
/// the result; later looks show the same. For use by one thread at a time.
///
/// ```java
/// compare(9)
///     .run("plain", () -> times(1_000_000, () -> counter++))
///     .run("atomic", () -> times(1_000_000, () -> atomic.incrementAndGet()))
/// ```
public final class Comparison {

    private static final int FEWEST_ROUNDS = 5;
    private static final long WARM_UP = Duration.ofMillis(300).toNanos();
    private static final long WARM_UP_LIMIT = Duration.ofMillis(1500).toNanos();
    private static final int WARM_UP_ROUNDS = 3;
    private static final double RUN = 5e6; // nanoseconds that a measured run takes at least
    private static final double BUSY = 0.2; // cores of other programs that deserve a word

    private final int rounds;
    private final CoreWitness witness;
    private final LongSupplier clock;
    private final RandomGenerator random;
    private final List<Variant> variants;

    // What the first look measured.
    private @Nullable Measured measured;

    private record Variant(String name, Body body) {}

    /// The time of one variant.
    ///
    /// @param nanos  wall-clock time of one run in nanoseconds
    public record Result(String name, Estimate nanos) {}

    private record Measured(List<Result> results, double others) {}

    Comparison(int rounds, CoreWitness witness, LongSupplier clock, RandomGenerator random, List<Variant> variants) {
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("compare needs at least %d rounds to say how sure it is, found %d"
                    .formatted(FEWEST_ROUNDS, rounds));
        }
        this.rounds = rounds;
        this.witness = witness;
        this.clock = clock;
        this.random = random;
        this.variants = List.copyOf(variants);
    }

    /// {@return a comparison without variants}
    ///
    /// @param rounds  how often each variant is measured, at least 5
    public static Comparison ofRounds(int rounds) {
        return new Comparison(rounds, CoreWitness.ofThisSystem(), System::nanoTime, new Random(), List.of());
    }

    /// {@return the comparison with one more variant}; measures nothing yet
    ///
    /// @param name  different from those of the other variants
    public Comparison run(String name, Body body) {
        if (variants.stream().anyMatch(variant -> variant.name.equals(name))) {
            throw new IllegalArgumentException(
                    "Two variants are called \"%s\"; give each a name of its own.".formatted(name));
        }
        var more = new ArrayList<>(variants);
        more.add(new Variant(name, body));
        return new Comparison(rounds, witness, clock, random, more);
    }

    /// {@return the variants with their times, in the order given}; measures at the first call
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted; nothing is
    ///                                   remembered
    /// @throws BodyFailedException       if a body throws a checked exception
    public List<Result> results() {
        return measured().results;
    }

    private Measured measured() {
        var known = measured;
        if (known == null) {
            known = measure();
            measured = known;
        }
        return known;
    }

    private Measured measure() {
        if (variants.isEmpty()) {
            throw new IllegalStateException("There is nothing to compare: add variants with run(name, body)");
        }
        var repetitions = warmUp();
        var times = new ArrayList<List<Double>>();
        variants.forEach(_ -> times.add(new ArrayList<>()));
        var watch = witness.begin();
        for (int round = 0; round < rounds; round++) {
            for (int index : shuffledIndices()) {
                times.get(index).add(nanos(variants.get(index).body, repetitions.get(index)));
            }
        }
        double others = watch.end().others();
        var results = new ArrayList<Result>();
        for (int index = 0; index < variants.size(); index++) {
            results.add(new Result(variants.get(index).name, Estimate.ofMedian(times.get(index))));
        }
        return new Measured(List.copyOf(results), others);
    }

    // How often each variant has to be repeated for a run that the clock can tell from nothing.
    private List<Integer> warmUp() {
        long start = clock.getAsLong();
        var shortest = new ArrayList<>(Collections.nCopies(variants.size(), Double.MAX_VALUE));
        long passed = 0;
        for (int round = 0;
                round == 0 || (passed < WARM_UP_LIMIT && (round < WARM_UP_ROUNDS || passed < WARM_UP));
                round++) {
            for (int index : shuffledIndices()) {
                shortest.set(index, Math.min(shortest.get(index), nanos(variants.get(index).body, 1)));
            }
            passed = clock.getAsLong() - start;
        }
        return shortest.stream()
                .map(nanos -> Math.clamp((long) Math.ceil(RUN / nanos), 1, 100_000))
                .toList();
    }

    private List<Integer> shuffledIndices() {
        var indices = new ArrayList<Integer>();
        for (int index = 0; index < variants.size(); index++) {
            indices.add(index);
        }
        Collections.shuffle(indices, random);
        return indices;
    }

    private double nanos(Body body, int repetitions) {
        if (Thread.interrupted()) {
            throw WaitInterruptedException.restoringFlag("compare");
        }
        long start = clock.getAsLong();
        BodyFailedException.unchecked(() -> {
            for (int done = 0; done < repetitions; done++) {
                body.run();
            }
        });
        return Math.max(1, clock.getAsLong() - start) / (double) repetitions;
    }

    /// {@return a row for each variant}: `variant`, `ms`, `low` and `high`, in milliseconds
    public Table table() {
        var names = StringColumn.create("variant");
        var millis = DoubleColumn.create("ms");
        var low = DoubleColumn.create("low");
        var high = DoubleColumn.create("high");
        for (var result : results()) {
            var time = result.nanos.times(1e-6);
            names.append(result.name);
            millis.append(time.median());
            low.append(time.interval().low());
            high.append(time.interval().high());
        }
        return Table.create("comparison", names, millis, low, high);
    }

    /// {@return a bar with an interval for each variant}
    public Chart chart() {
        return Charts.bars(table(), "Time of one run");
    }

    private TextTable text() {
        var results = results();
        double first = results.getFirst().nanos.median();
        var rows = results.stream()
                .map(result -> List.of(
                        result.name,
                        TimeText.of(result.nanos.median()),
                        "%s to %s"
                                .formatted(
                                        TimeText.of(result.nanos.interval().low()),
                                        TimeText.of(result.nanos.interval().high())),
                        String.format(Locale.ROOT, "%.2f ×", result.nanos.median() / first)))
                .toList();
        return new TextTable(List.of("variant", "median", "95 % interval", "of the first"), rows, notes(results));
    }

    private List<String> notes(List<Result> results) {
        var notes = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            for (int k = i + 1; k < results.size(); k++) {
                var one = results.get(i);
                var other = results.get(k);
                if (one.nanos.interval().overlaps(other.nanos.interval())) {
                    notes.add("The intervals of %s and %s overlap: these rounds do not tell which is faster."
                            .formatted(one.name, other.name));
                }
            }
        }
        double others = measured().others;
        if (others >= BUSY) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Other programs used %.1f of %d cores meanwhile, so the times may be too long.",
                    others,
                    witness.cores()));
        }
        return notes;
    }

    /// {@return the table as html and as text}; measures if nobody has looked yet
    public Map<String, String> mimeBundle() {
        var text = text();
        return Map.of("text/html", text.html(), "text/plain", text.text());
    }

    /// {@return the table as text, or that nothing has been measured yet}; never measures
    @Override
    public String toString() {
        return measured == null
                ? "a comparison of %s that nobody has looked at yet: ask for its results(), table() or chart()"
                        .formatted(variants.stream().map(Variant::name).toList())
                : text().text();
    }
}
