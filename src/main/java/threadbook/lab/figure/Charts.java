package threadbook.lab.figure;

import static threadbook.lab.figure.Palette.DASHES;
import static threadbook.lab.figure.Palette.HATCHES;
import static threadbook.lab.figure.Palette.INK;
import static threadbook.lab.figure.Palette.PAPER;
import static threadbook.lab.figure.Palette.SERIES;
import static threadbook.lab.figure.Palette.SYMBOLS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.traces.Trace;

/// Charts of measurements, drawn from a table: with intervals, in colours that everybody can tell apart,
/// with an alternative text made from the numbers.
///
/// All but [#speedup] take the first column for the horizontal axis and the second for the vertical one,
/// and write the columns' names on the axes. Three more columns are optional and found by name: `low` and
/// `high` are the ends of an interval, drawn as error bars; `series` tells several series apart. A missing
/// value leaves a gap.
///
/// ```java
/// var cost = Table.create(
///         StringColumn.create("lock", "none", "ReentrantLock"),
///         DoubleColumn.create("ns per increment", 2.1, 19.4));
/// Charts.bars(cost, "What a lock costs")
/// ```
///
/// Tablesaw's own figures are shown in a notebook too; but not by `Plot.show`, which writes a file and
/// opens a browser on the machine of the kernel.
public final class Charts {
    private Charts() {}

    /// {@return how much faster the same work ran on more workers, with the line that an ideal machine
    /// would reach; that line may leave the chart where the measured one stays far below}
    ///
    /// @param results  columns `workers` and `speedup`; optional `low`, `high`, `series`
    /// @throws IllegalArgumentException if a column is missing or holds no numbers, or there is no row
    public static Chart speedup(Table results, String title) {
        var series = Series.of(results, "workers", "speedup");
        var workers = Axes.numbers(series);
        double most = workers.getLast();
        var traces = new ArrayList<Trace>();
        traces.add(ideal(workers.getFirst(), most));
        for (var each : series) {
            traces.add(line(each, traces.size() - 1, each.name().isEmpty() ? "measured" : each.name()));
        }
        double reached =
                series.stream().flatMap(Series::reach).mapToDouble(y -> y).max().orElse(1);
        var x = Axes.linear("workers", Axes.around(workers));
        x.put("tickvals", workers);
        var y = Axes.linear("speedup", Axes.upTo(Math.max(reached, Math.min(most, 2.5 * reached))));
        return new Chart(
                Words.of(title, "Speedup by number of workers", "workers", series),
                Axes.layout(title, x, y, true),
                traces.toArray(Trace[]::new));
    }

    /// {@return a bar for each row, side by side where there are several series}
    ///
    /// @param table  first column: texts; second: numbers; optional `low`, `high`, `series`
    /// @throws IllegalArgumentException if a column is missing or holds no numbers, or there is no row
    public static Chart bars(Table table, String title) {
        var series = firstTwoColumns(table);
        var traces = new ArrayList<Trace>();
        for (var each : series) {
            traces.add(bar(each, traces.size()));
        }
        var x = Axes.categories(table.column(0).name(), series);
        var y = Axes.linear(table.column(1).name(), Axes.withZero(series));
        return new Chart(
                Words.of(
                        title, table.column(1).name() + " by " + table.column(0).name(), "", series),
                Axes.layout(title, x, y, series.size() > 1),
                traces.toArray(Trace[]::new));
    }

    /// {@return lines with a marker for each row}
    ///
    /// @param table  first column: numbers or texts; second: numbers; optional `low`, `high`, `series`
    /// @throws IllegalArgumentException if a column is missing or holds no numbers, or there is no row
    public static Chart lines(Table table, String title) {
        var series = firstTwoColumns(table);
        var traces = new ArrayList<Trace>();
        for (var each : series) {
            traces.add(line(each, traces.size(), each.name()));
        }
        return xy(table, title, series, traces);
    }

    /// {@return a marker for each row, without lines}
    ///
    /// @param table  first column: numbers or texts; second: numbers; optional `low`, `high`, `series`
    /// @throws IllegalArgumentException if a column is missing or holds no numbers, or there is no row
    public static Chart scatter(Table table, String title) {
        var series = firstTwoColumns(table);
        var traces = new ArrayList<Trace>();
        for (var each : series) {
            var json =
                    new LinkedHashMap<>(line(each, traces.size(), each.name()).json());
            json.put("mode", "markers");
            traces.add(new RawTrace(json));
        }
        return xy(table, title, series, traces);
    }

    /// {@return a box for each text of the first column: median, quartiles, and what lies beyond one and
    /// a half times the distance between the quartiles as single points}
    ///
    /// @param table  first column: texts; second: numbers
    /// @throws IllegalArgumentException if a column is missing or holds no numbers, or there is no row
    public static Chart boxes(Table table, String title) {
        var series = firstTwoColumns(table);
        var traces = new ArrayList<Trace>();
        for (var each : series) {
            var json = trace("box", each, each.name());
            json.put("marker", Map.of("color", Palette.at(SERIES, traces.size())));
            traces.add(new RawTrace(json));
        }
        var layout = Axes.layout(
                title,
                Axes.categories(table.column(0).name(), series),
                Axes.linear(table.column(1).name(), Axes.withZero(series)),
                series.size() > 1);
        layout.put("boxmode", "group");
        return new Chart(Words.ofGroups(title, table.column(1).name(), series), layout, traces.toArray(Trace[]::new));
    }

    private static Chart xy(Table table, String title, List<Series> series, List<Trace> traces) {
        String name = table.column(0).name();
        var numbers = Axes.numbers(series);
        var x = numbers.isEmpty() ? Axes.categories(name, series) : Axes.linear(name, Axes.around(numbers));
        var y = Axes.linear(table.column(1).name(), Axes.withZero(series));
        return new Chart(
                Words.of(title, table.column(1).name() + " by " + name, numbers.isEmpty() ? "" : name, series),
                Axes.layout(title, x, y, series.size() > 1),
                traces.toArray(Trace[]::new));
    }

    private static List<Series> firstTwoColumns(Table table) {
        if (table.columnCount() < 2) {
            throw new IllegalArgumentException("""
                    The chart needs two columns, what to compare and a number for each; the table has %s.\
                    """.formatted(table.columnNames()));
        }
        return Series.of(table, table.column(0).name(), table.column(1).name());
    }

    private static Trace ideal(double from, double to) {
        return new RawTrace(Map.of(
                "type", "scatter",
                "mode", "lines",
                "name", "ideal",
                "x", List.of(from, to),
                "y", List.of(from, to),
                "hoverinfo", "skip",
                "line", Map.of("color", INK, "width", 2, "dash", "dot")));
    }

    private static RawTrace line(Series series, int index, String name) {
        String color = Palette.at(SERIES, index);
        var json = trace("scatter", series, name);
        json.put("mode", "lines+markers");
        json.put("line", Map.of("color", color, "width", 3, "dash", Palette.at(DASHES, index)));
        json.put("marker", Map.of("color", color, "size", 9, "symbol", Palette.at(SYMBOLS, index)));
        if (series.hasIntervals()) {
            json.put("error_y", series.errorBars(color));
        }
        return new RawTrace(json);
    }

    private static RawTrace bar(Series series, int index) {
        var marker = new LinkedHashMap<String, Object>();
        marker.put("color", Palette.at(SERIES, index));
        String hatch = Palette.at(HATCHES, index);
        if (!hatch.isEmpty()) {
            marker.put(
                    "pattern",
                    Map.of("shape", hatch, "fillmode", "overlay", "fgcolor", PAPER, "size", 10, "solidity", 0.2));
        }
        var json = trace("bar", series, series.name());
        json.put("marker", marker);
        if (series.hasIntervals()) {
            json.put("error_y", series.errorBars(INK));
        }
        return new RawTrace(json);
    }

    private static Map<String, Object> trace(String type, Series series, String name) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", type);
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        json.put("x", series.xs());
        json.put("y", series.ys());
        return json;
    }
}
