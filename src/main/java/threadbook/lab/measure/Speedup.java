package threadbook.lab.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.IndexedBody;
import threadbook.lab.thread.WaitInterruptedException;

/// How much faster the same work ran on several workers than on one: a measured curve, or several.
///
/// Each number is the median over rounds in which every worker really had a core, with its 95 %
/// interval; where other programs kept the cores busy there is no number but the reason. How it is
/// measured stands in `src/README.md`.
///
/// ```java
/// var free = speedup("no lock", w -> parallel(w, i -> burn(100.0 / w)), 1, 2, 4);
/// free.and(other).chart()
/// free.table().where(...)          // a Tablesaw table
/// ```
///
/// @param curves  at least one, with different names
public record Speedup(List<Curve> curves) {
    public Speedup {
        curves = List.copyOf(curves);
        var names = curves.stream().map(Curve::name).collect(Collectors.toSet());
        if (curves.isEmpty() || names.size() < curves.size()) {
            throw new IllegalArgumentException(
                    """
                    Speedups need different names to be told apart, found %s.
                    Give each call of speedup(name, ...) a name of its own.\
                    """.formatted(curves.stream().map(Curve::name).toList()));
        }
    }

    /// Measures on the calling thread; it takes up to 2 s of warm-up and 6 s of rounds.
    ///
    /// @param name     what is measured, not blank
    /// @param body     does all of the work with so many workers as it is told, and waits for them
    /// @param workers  numbers of workers, each at least 1; 1 is always measured. None: 1, 2, 4
    ///                 and so on to twice the cores
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    /// @throws BodyFailedException       if the body throws a checked exception
    public static Speedup measure(String name, IndexedBody body, int... workers) {
        var counts = workers.length == 0
                ? powersOfTwo(2 * Runtime.getRuntime().availableProcessors())
                : IntStream.of(workers).boxed().toList();
        var points = new SpeedupMeasurement(SpeedupMeasurement.Plan.LESSON).measure(body, counts);
        return new Speedup(List.of(new Curve(name, points)));
    }

    static List<Integer> powersOfTwo(int last) {
        return IntStream.iterate(1, count -> count <= last, count -> 2 * count)
                .boxed()
                .toList();
    }

    /// {@return both measurements, to be drawn in one chart}
    public Speedup and(Speedup other) {
        return new Speedup(Stream.concat(curves.stream(), other.curves.stream()).toList());
    }

    /// {@return the median speedup of the first curve, empty if it could not be measured}
    ///
    /// @throws IllegalArgumentException  if that number of workers was not measured
    public OptionalDouble ratio(int workers) {
        return point(workers).speedup();
    }

    /// {@return speedup divided by workers, of the first curve; 1.0 means that no worker is idle}
    ///
    /// @throws IllegalArgumentException  if that number of workers was not measured
    public OptionalDouble efficiency(int workers) {
        return point(workers).efficiency();
    }

    private SpeedupPoint point(int workers) {
        var points = curves.getFirst().points();
        return points.stream()
                .filter(point -> point.workers() == workers)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%d workers were not measured; measured: %s"
                        .formatted(
                                workers,
                                points.stream().map(SpeedupPoint::workers).toList())));
    }

    /// {@return a row for each curve and number of workers}: `series`, `workers`, `seconds` (of
    /// one run), `speedup`, `low`, `high`, `efficiency`, `clean` and `rounds`; missing values
    /// where it was too noisy
    public Table table() {
        var series = StringColumn.create("series");
        var workers = IntColumn.create("workers");
        var seconds = DoubleColumn.create("seconds");
        var speedup = DoubleColumn.create("speedup");
        var low = DoubleColumn.create("low");
        var high = DoubleColumn.create("high");
        var efficiency = DoubleColumn.create("efficiency");
        var clean = IntColumn.create("clean");
        var rounds = IntColumn.create("rounds");
        for (var curve : curves) {
            for (var point : curve.points()) {
                series.append(curve.name());
                workers.append(point.workers());
                seconds.append(point.time().median() / 1e9);
                appendOrMissing(speedup, point.speedup());
                appendOrMissing(low, bound(point, Interval::low));
                appendOrMissing(high, bound(point, Interval::high));
                appendOrMissing(efficiency, point.efficiency());
                clean.append(point.clean());
                rounds.append(point.rounds());
            }
        }
        return Table.create(title(), series, workers, seconds, speedup, low, high, efficiency, clean, rounds);
    }

    private static OptionalDouble bound(SpeedupPoint point, java.util.function.ToDoubleFunction<Interval> end) {
        return switch (point.verdict()) {
            case Verdict.Measured(var speedup) -> OptionalDouble.of(end.applyAsDouble(speedup.interval()));
            case Verdict.TooNoisy _, Verdict.TooSlow _ -> OptionalDouble.empty();
        };
    }

    private static void appendOrMissing(DoubleColumn column, OptionalDouble value) {
        if (value.isPresent()) {
            column.append(value.getAsDouble());
        } else {
            column.appendMissing();
        }
    }

    /// {@return the curves with their intervals, and the line of an ideal machine}
    public Chart chart() {
        return Charts.speedup(table(), title());
    }

    private String title() {
        return "Speedup of " + curves.stream().map(Curve::name).collect(Collectors.joining(", "));
    }

    private TextTable text() {
        var rows = new ArrayList<List<String>>();
        var notes = new ArrayList<String>();
        for (var curve : curves) {
            for (var point : curve.points()) {
                var efficiency = point.efficiency();
                rows.add(List.of(
                        curve.name(),
                        String.valueOf(point.workers()),
                        TimeText.of(point.time().median()),
                        point.speedup().isPresent() ? String.valueOf(point.verdict()) : "–",
                        efficiency.isPresent()
                                ? String.format(Locale.ROOT, "%.0f %%", 100 * efficiency.getAsDouble())
                                : "–",
                        "%d of %d".formatted(point.clean(), point.rounds())));
            }
            notes.addAll(reasons(curve));
        }
        return new TextTable(
                List.of("work", "workers", "time", "speedup (95 %)", "efficiency", "clean rounds"), rows, notes);
    }

    // A sentence for each reason, with the numbers of workers that it holds for.
    private static List<String> reasons(Curve curve) {
        var workers = new LinkedHashMap<String, List<String>>();
        for (var point : curve.points()) {
            if (point.speedup().isEmpty()) {
                workers.computeIfAbsent(point.verdict().toString(), _ -> new ArrayList<>())
                        .add(String.valueOf(point.workers()));
            }
        }
        return workers.entrySet().stream()
                .map(reason -> "%s, workers %s: %s"
                        .formatted(curve.name(), String.join(", ", reason.getValue()), reason.getKey()))
                .toList();
    }

    /// {@return the table as html and as text}
    public Map<String, String> mimeBundle() {
        var bundle = new LinkedHashMap<String, String>();
        bundle.put("text/html", text().html());
        bundle.put("text/plain", toString());
        return bundle;
    }

    @Override
    public String toString() {
        return text().text();
    }
}
