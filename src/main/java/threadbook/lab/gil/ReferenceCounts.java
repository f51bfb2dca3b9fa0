package threadbook.lab.gil;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;
import threadbook.lab.measure.Estimate;
import threadbook.lab.measure.TextTable;
import threadbook.lab.thread.Parallel;
import threadbook.lab.thread.WaitInterruptedException;

/// What it costs to count references, one thread alone and two threads with one object, and whether the count
/// is right in the end.
///
/// Each way takes its turn in every round. Where threads run at once a wrong count is probable, not certain: further
/// rounds follow until the plain count was wrong once, for two seconds at most.
///
/// @param ways  in the order measured
public record ReferenceCounts(List<Way> ways) {
    private static final int ROUNDS = 5;
    private static final long ALONE = 2_000_000;
    private static final long TOGETHER = 1_000_000; // by each of two threads
    private static final long UNTIL_WRONG = TimeUnit.SECONDS.toNanos(2);
    private static final long RIGHT = 1;

    /// One way to count.
    ///
    /// @param alone     nanoseconds for adding a reference and taking it away, by one thread
    /// @param together  the same by two threads at once with one object: time passed, by the pairs of both
    /// @param worst     the count farthest from 1 that was left
    public record Way(String name, Estimate alone, Estimate together, long worst) {

        /// {@return whether the count was right in every round}
        public boolean right() {
            return worst == RIGHT;
        }
    }

    public ReferenceCounts {
        ways = List.copyOf(ways);
    }

    private static final class Trial {
        private final String name;
        private final Supplier<Counted> fresh;
        private final List<Double> alone = new ArrayList<>();
        private final List<Double> together = new ArrayList<>();
        private long worst = RIGHT;

        Trial(String name, Supplier<Counted> fresh) {
            this.name = name;
            this.fresh = fresh;
        }

        void round(boolean counts) {
            Counted own = fresh.get();
            long begun = System.nanoTime();
            own.pairs(ALONE);
            double nanos = (System.nanoTime() - begun) / (double) ALONE;
            AtomicReference<Counted> shared = new AtomicReference<>();
            long[] from = new long[2];
            long[] to = new long[2];
            Parallel.run(2, index -> {
                if (index == 0) {
                    shared.set(fresh.get()); // made by one of the two, which is its owner
                }
                Counted both = shared.get();
                while (both == null) {
                    Thread.onSpinWait();
                    both = shared.get();
                }
                from[index] = System.nanoTime();
                both.pairs(TOGETHER);
                to[index] = System.nanoTime();
            });
            Counted left = Objects.requireNonNull(shared.get());
            worst = Math.abs(left.count() - RIGHT) > Math.abs(worst - RIGHT) ? left.count() : worst;
            if (counts) {
                alone.add(nanos);
                together.add((Math.max(to[0], to[1]) - Math.min(from[0], from[1])) / (2.0 * TOGETHER));
            }
        }

        Way way() {
            return new Way(name, Estimate.ofMedian(alone), Estimate.ofMedian(together), worst);
        }
    }

    /// Measures, which takes two to four seconds.
    ///
    /// @throws WaitInterruptedException  if the thread is interrupted
    public static ReferenceCounts measure() {
        Trial plain = new Trial("plain", Counted.Plain::new);
        List<Trial> trials = List.of(
                plain,
                new Trial("global lock", Counted.UnderGlobalLock::new),
                new Trial("lock per object", Counted.Locked::new),
                new Trial("atomic", Counted.Atomic::new),
                new Trial("biased", () -> new Counted.Biased(Thread.currentThread())));
        for (int round = -1; round < ROUNDS; round++) {
            for (Trial trial : trials) {
                trial.round(round >= 0);
            }
        }
        long deadline = System.nanoTime() + UNTIL_WRONG;
        while (plain.worst == RIGHT && System.nanoTime() < deadline) {
            plain.round(false);
        }
        return new ReferenceCounts(trials.stream().map(Trial::way).toList());
    }

    /// {@return a row for each way}: `counted`, `ns alone`, `ns together`, `count left`, `right`
    public Table table() {
        var names = StringColumn.create("counted");
        var alone = DoubleColumn.create("ns alone");
        var together = DoubleColumn.create("ns together");
        var left = LongColumn.create("count left");
        var right = BooleanColumn.create("right");
        for (Way way : ways) {
            names.append(way.name());
            alone.append(way.alone().median());
            together.append(way.together().median());
            left.append(way.worst());
            right.append(way.right());
        }
        return Table.create("A reference more and a reference less", names, alone, together, left, right);
    }

    /// {@return two bars for each way: one thread, and two threads with one object}
    public Chart chart() {
        var names = StringColumn.create("counted");
        var nanos = DoubleColumn.create("ns per pair");
        var low = DoubleColumn.create("low");
        var high = DoubleColumn.create("high");
        var series = StringColumn.create("series");
        for (Way way : ways) {
            for (boolean both : new boolean[] {false, true}) {
                Estimate each = both ? way.together() : way.alone();
                names.append(way.right() ? way.name() : way.name() + " (wrong)");
                nanos.append(each.median());
                low.append(each.interval().low());
                high.append(each.interval().high());
                series.append(both ? "two threads, one object" : "one thread");
            }
        }
        return Charts.bars(Table.create("cost", names, nanos, low, high, series), "What counting references costs");
    }

    private TextTable shown() {
        return new TextTable(
                List.of("counted", "one thread", "two threads, one object", "count left", ""),
                ways.stream()
                        .map(way -> List.of(
                                way.name(),
                                nanos(way.alone()),
                                nanos(way.together()),
                                "%,d".formatted(way.worst()),
                                way.right() ? "right" : "WRONG"))
                        .toList(),
                List.of("Nanoseconds for one reference more and one less; the count that is right is 1."));
    }

    private static String nanos(Estimate estimate) {
        return String.format(Locale.ROOT, "%.1f ns", estimate.median());
    }

    /// {@return the table as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", shown().html(), "text/plain", toString());
    }

    @Override
    public String toString() {
        return shown().text();
    }
}
