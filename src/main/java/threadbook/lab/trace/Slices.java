package threadbook.lab.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.measure.TextTable;
import threadbook.lab.thread.Parallel;

/// How the scheduler divided the cores among threads that never wait: each looks at the clock over and over, and
/// where the clock has jumped it was not on a core.
///
/// A jump of at least [#GAP_MILLIS] counts. Not every jump is another thread's turn: the JVM may have stopped all
/// threads for a moment, and a virtual machine may itself be without a core.
///
/// Immutable. Shows itself.
public final class Slices {
    /// Milliseconds by which the clock must jump.
    public static final double GAP_MILLIS = 0.2;

    private static final long GAP = (long) (GAP_MILLIS * 1e6);
    private static final int MOST_THREADS = 64;
    private static final int MOST_SLICES = 100_000; // of one thread

    private final List<List<Slice>> threads;
    private final long length;
    private final OptionalLong switches;

    /// A stretch of time in which a thread was on a core.
    ///
    /// @param begin  nanoseconds since the first thread began
    /// @param end    likewise
    public record Slice(long begin, long end) {

        /// {@return how long it is, in milliseconds}
        public double millis() {
            return (end - begin) / 1e6;
        }
    }

    /// @param threads   of each thread its slices in order
    /// @param length    nanoseconds from the first beginning to the last end
    /// @param switches  how often a thread was taken off its core against its will; empty if unknown
    Slices(List<List<Slice>> threads, long length, OptionalLong switches) {
        this.threads = threads.stream().map(List::copyOf).toList();
        this.length = length;
        this.switches = switches;
    }

    /// {@return what threads that never wait got of the cores}
    ///
    /// @param count   of threads, 1 to 64
    /// @param millis  for so long, 1 to 10 000
    public static Slices of(int count, long millis) {
        if (count < 1 || count > MOST_THREADS) {
            throw new IllegalArgumentException("slices needs 1 to %d threads, found %d".formatted(MOST_THREADS, count));
        }
        if (millis < 1 || millis > 10_000) {
            throw new IllegalArgumentException("slices needs 1 to 10000 ms, found %d".formatted(millis));
        }
        var spinners = new Spinner[count];
        Arrays.setAll(spinners, _ -> new Spinner(millis * 1_000_000));
        Parallel.run(count, i -> spinners[i].spin());
        long begin = Arrays.stream(spinners)
                .mapToLong(spinner -> spinner.slices.getFirst().begin())
                .min()
                .orElseThrow();
        long end = Arrays.stream(spinners)
                .mapToLong(spinner -> spinner.slices.getLast().end())
                .max()
                .orElseThrow();
        var threads = Arrays.stream(spinners)
                .map(spinner -> spinner.slices.stream()
                        .map(slice -> new Slice(slice.begin() - begin, slice.end() - begin))
                        .toList())
                .toList();
        boolean known = Arrays.stream(spinners).allMatch(spinner -> spinner.switches.isPresent());
        OptionalLong switches = known
                ? OptionalLong.of(Arrays.stream(spinners)
                        .mapToLong(spinner -> spinner.switches.orElse(0))
                        .sum())
                : OptionalLong.empty();
        return new Slices(threads, end - begin, switches);
    }

    /// One thread's loop; read by others when it has ended.
    private static final class Spinner {
        private static final Path STATUS = Path.of("/proc/thread-self/status");

        private final long nanos;
        private final List<Slice> slices = new ArrayList<>();
        private OptionalLong switches = OptionalLong.empty();

        Spinner(long nanos) {
            this.nanos = nanos;
        }

        void spin() {
            OptionalLong before = involuntary();
            long begin = System.nanoTime();
            long over = begin + nanos;
            long last = begin;
            Thread self = Thread.currentThread();
            while (last < over && !self.isInterrupted()) {
                long now = System.nanoTime();
                if (now - last >= GAP && slices.size() < MOST_SLICES) {
                    slices.add(new Slice(begin, last));
                    begin = now;
                }
                last = now;
            }
            slices.add(new Slice(begin, last));
            OptionalLong after = involuntary();
            if (before.isPresent() && after.isPresent()) {
                switches = OptionalLong.of(after.getAsLong() - before.getAsLong());
            }
        }

        private static OptionalLong involuntary() {
            try (var lines = Files.lines(STATUS)) {
                Optional<String> line = lines.filter(each -> each.startsWith("nonvoluntary_ctxt_switches:"))
                        .findFirst();
                return line.map(each -> OptionalLong.of(Long.parseLong(each.replaceAll("\\D", ""))))
                        .orElseGet(OptionalLong::empty);
            } catch (IOException _) { // not Linux
                return OptionalLong.empty();
            }
        }
    }

    /// {@return of each thread its slices, in order}
    public List<List<Slice>> threads() {
        return threads;
    }

    /// {@return how many slices there were, of all threads}
    public int count() {
        return threads.stream().mapToInt(List::size).sum();
    }

    /// {@return how often a thread was taken off its core against its will, as the system counts it; empty where it
    /// does not}
    public OptionalLong switches() {
        return switches;
    }

    /// {@return the lengths of all slices that ended before the threads did, in milliseconds}
    public List<Double> millis() {
        return threads.stream()
                .flatMap(slices -> slices.subList(0, slices.size() - 1).stream())
                .map(Slice::millis)
                .toList();
    }

    /// {@return the median of [#millis]; the whole time if nobody was ever taken off}
    public double median() {
        double[] sorted = millis().stream().mapToDouble(each -> each).sorted().toArray();
        return sorted.length == 0 ? length / 1e6 : sorted[sorted.length / 2];
    }

    /// {@return how many cores the threads had on average}
    public double cores() {
        return threads.stream().flatMap(List::stream).mapToDouble(Slice::millis).sum() * 1e6 / length;
    }

    /// {@return the most threads that were on cores at once, for a twentieth of the time in all}
    public int atOnce() {
        return timeline().most(State.RUNNING, 0.05);
    }

    /// {@return a row for each slice}: `thread`, `from ms`, `ms`, `then off for ms`
    public Table table() {
        var thread = StringColumn.create("thread");
        var from = DoubleColumn.create("from ms");
        var ms = DoubleColumn.create("ms");
        var off = DoubleColumn.create("then off for ms");
        for (int i = 0; i < threads.size(); i++) {
            List<Slice> slices = threads.get(i);
            for (int j = 0; j < slices.size(); j++) {
                Slice slice = slices.get(j);
                thread.append("thread " + i);
                from.append(rounded(slice.begin()));
                ms.append(rounded(slice.end() - slice.begin()));
                if (j + 1 < slices.size()) {
                    off.append(rounded(slices.get(j + 1).begin() - slice.end()));
                } else {
                    off.appendMissing();
                }
            }
        }
        return Table.create("Slices", thread, from, ms, off);
    }

    private static double rounded(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    /// {@return how many slices were how long}
    ///
    /// @throws IllegalStateException  if no thread was ever taken off its core
    public Chart chart() {
        List<Double> millis = millis();
        if (millis.isEmpty()) {
            throw new IllegalStateException(
                    "No thread was ever taken off its core, so there is no slice to draw. Take more threads than cores.");
        }
        return Histogram.of(millis, "slices", "Time slices of %d threads, by their length".formatted(threads.size()));
    }

    /// {@return who was on a core when}
    public Timeline timeline() {
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < threads.size(); i++) {
            var segments = new ArrayList<Segment>();
            for (Slice slice : threads.get(i)) {
                if (!segments.isEmpty()) {
                    segments.add(Segment.of(State.QUEUED, segments.getLast().end(), slice.begin()));
                }
                segments.add(Segment.of(State.RUNNING, slice.begin(), slice.end()));
            }
            lanes.add(new Lane("thread " + i, Lane.Kind.PLATFORM, segments, true));
        }
        return new Timeline(
                lanes,
                List.of(),
                length,
                List.of("Each thread looked at the clock; where it jumped by %s ms or more, it was on no core."
                        .formatted(GAP_MILLIS)));
    }

    private TextTable text() {
        var notes = new ArrayList<String>();
        notes.add(
                switches.isPresent()
                        ? "The system counts %d involuntary switches.".formatted(switches.getAsLong())
                        : "This system does not count involuntary switches (Linux does).");
        notes.add("A jump of the clock by %s ms or more ends a slice.".formatted(GAP_MILLIS));
        return new TextTable(
                List.of("threads", "slices", "median", "cores on average"),
                List.of(List.of(
                        String.valueOf(threads.size()),
                        String.valueOf(count()),
                        String.format(Locale.ROOT, "%.1f ms", median()),
                        String.format(Locale.ROOT, "%.2f", cores()))),
                notes);
    }

    /// {@return as a table of one row}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", text().html(), "text/plain", text().text());
    }

    @Override
    public String toString() {
        return text().text();
    }
}
