package threadbook.lab.gil;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;
import threadbook.lab.measure.TextTable;

/// The same workloads under a [GlobalLock] of this JVM and in the real CPython, side by side.
///
/// A speedup is how many times as much was done in the same time as by one worker. A ping is the median time until
/// a server thread answered, asked every 20 ms ([Pings]) beside threads that calculate.
///
/// @param python  version of the CPython
/// @param rows    in the order measured
/// @param notes   sentences about what was measured and what could not be
public record ModelAndReality(String python, List<Row> rows, List<String> notes) {
    private static final int ROUNDS = 4;
    private static final String SPEEDUP = "speedup";

    /// One thing that was measured on both sides.
    ///
    /// @param workers  threads or processes; of a ping, how many calculate beside the server
    /// @param unit     `speedup`, `ms` or `s`
    public record Row(String workload, int workers, String unit, double model, double reality) {

        /// {@return by how much the model is off, as a share of reality}; negative if it shows less
        public double difference() {
            return model / reality - 1;
        }

        /// {@return whether it is a speedup}
        public boolean isSpeedup() {
            return unit.equals(SPEEDUP);
        }
    }

    public ModelAndReality {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /// Measures.
    ///
    /// @param switchMillis  the switch interval of both
    /// @param names         of workloads; none: all of them
    /// @throws IllegalStateException     if no CPython is here, or it fails
    /// @throws IllegalArgumentException  if there is no such workload
    public static ModelAndReality measure(double switchMillis, String... names) {
        List<Workload> workloads = Workload.named(names);
        var model = new Model(switchMillis);
        var reality = new Reality(Interpreter.find(), switchMillis);
        String version = reality.version();
        Optional<String> others = OtherPrograms.disturbing();
        var rows = new ArrayList<Row>();
        for (Workload workload : workloads) {
            switch (workload.name()) {
                case Workload.PING -> addPings(rows, model, reality, Pings.of(switchMillis));
                case Workload.GATHER ->
                    rows.add(new Row("gather 10 000 sleeps of 1 s", 1, "s", Model.gather(), reality.gather()));
                default -> addSpeedups(rows, workload, model, reality);
            }
        }
        var notes = new ArrayList<String>();
        others.or(OtherPrograms::disturbing).ifPresent(notes::add);
        notes.add(addFreeThreaded(rows, workloads, model, switchMillis));
        return new ModelAndReality(version, rows, notes);
    }

    private static void addSpeedups(List<Row> rows, Workload workload, Model model, Reality reality) {
        Times real = reality.measure(workload, ROUNDS);
        Times modelled = model.measure(workload, ROUNDS);
        for (int workers : workload.workers().subList(1, workload.workers().size())) {
            rows.add(new Row(
                    workload.name(),
                    workers,
                    SPEEDUP,
                    modelled.speedup(workload, workers),
                    real.speedup(workload, workers)));
        }
    }

    private static void addPings(List<Row> rows, Model model, Reality reality, Pings pings) {
        for (int beside = 0; beside <= 2; beside++) {
            long[] real = reality.ping(beside, pings);
            long[] modelled = model.ping(beside, pings);
            rows.add(new Row(Workload.PING, beside, "ms", median(modelled) / 1e6, median(real) / 1e6));
        }
    }

    private static double median(long[] sorted) {
        return sorted[sorted.length / 2];
    }

    /// {@return what there is to say of a build without a global lock}
    private static String addFreeThreaded(List<Row> rows, List<Workload> workloads, Model model, double switchMillis) {
        Optional<Interpreter> free = Interpreter.findFreeThreaded();
        if (free.isEmpty()) {
            return "No free-threaded build of CPython (python3.14t, python3.13t) is here: that one could not be measured.";
        }
        var reality = new Reality(free.get(), switchMillis);
        for (Workload workload : workloads) {
            if (workload.name().equals("countdown")) {
                // The model of a lock that is not there is what processes are: threads that share none.
                Workload unshared = Workload.named("processes").getFirst();
                Times real = reality.measure(workload, ROUNDS);
                Times modelled = model.measure(unshared, ROUNDS);
                for (int workers :
                        unshared.workers().subList(1, unshared.workers().size())) {
                    rows.add(new Row(
                            "countdown without the lock",
                            workers,
                            SPEEDUP,
                            modelled.speedup(unshared, workers),
                            real.speedup(workload, workers)));
                }
            }
        }
        return "Without the lock: CPython %s.".formatted(reality.version());
    }

    /// {@return a row for each}: `workload`, `workers`, `unit`, `model`, `CPython`, `difference`, a share
    public Table table() {
        var names = StringColumn.create("workload");
        var workers = IntColumn.create("workers");
        var units = StringColumn.create("unit");
        var model = DoubleColumn.create("model");
        var reality = DoubleColumn.create("CPython");
        var difference = DoubleColumn.create("difference");
        for (Row row : rows) {
            names.append(row.workload());
            workers.append(row.workers());
            units.append(row.unit());
            model.append(row.model());
            reality.append(row.reality());
            difference.append(row.difference());
        }
        return Table.create("model and CPython " + python, names, workers, units, model, reality, difference);
    }

    /// {@return two bars for each speedup: the model's and the real one}
    ///
    /// @throws IllegalStateException  if no speedup was measured
    public Chart chart() {
        var names = StringColumn.create("workload × workers");
        var values = DoubleColumn.create(SPEEDUP);
        var series = StringColumn.create("series");
        for (Row row : rows) {
            if (row.isSpeedup()) {
                for (boolean modelled : new boolean[] {true, false}) {
                    names.append("%s × %d".formatted(row.workload(), row.workers()));
                    values.append(modelled ? row.model() : row.reality());
                    series.append(modelled ? "model" : "CPython " + python);
                }
            }
        }
        if (names.isEmpty()) {
            throw new IllegalStateException(
                    "The chart shows speedups, and none was measured: only %s.".formatted(rows));
        }
        return Charts.bars(Table.create("speedups", names, values, series), "Speedup under a global lock");
    }

    private TextTable shown() {
        return new TextTable(
                List.of("workload", "workers", "", "model", "CPython " + python, "difference"),
                rows.stream()
                        .map(row -> List.of(
                                row.workload(),
                                String.valueOf(row.workers()),
                                row.unit(),
                                number(row.model()),
                                number(row.reality()),
                                String.format(Locale.ROOT, "%+.0f %%", 100 * row.difference())))
                        .toList(),
                notes);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
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
