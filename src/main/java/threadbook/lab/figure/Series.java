package threadbook.lab.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/// One series of a chart, as read from a table: points, and for each the interval it is known to lie in.
///
/// @param name    what the legend says; empty if the table has no column `series`
/// @param points  in the order of the table's rows
record Series(String name, List<Point> points) {

    /// One row of the table.
    ///
    /// @param x     a number or a text; null if missing in the table
    /// @param y     null if missing, which leaves a gap
    /// @param low   lower end of the interval of y, null if there is none
    /// @param high  upper end of the interval of y, null if there is none
    record Point(
            @Nullable Object x,
            @Nullable Double y,
            @Nullable Double low,
            @Nullable Double high) {}

    /// Reads a table; its optional columns are `low`, `high` and `series`.
    ///
    /// @param x  name of the column of numbers or texts for the horizontal axis
    /// @param y  name of the column of numbers for the vertical axis
    /// @return   the series in the order in which the table names them, at least one
    /// @throws IllegalArgumentException if the table has no rows, lacks a column, or y is not numeric
    static List<Series> of(Table table, String x, String y) {
        if (table.rowCount() == 0) {
            throw new IllegalArgumentException(
                    "A chart needs at least one row, but the table " + table.name() + " has none.");
        }
        var points = new LinkedHashMap<String, List<Point>>();
        for (int row = 0; row < table.rowCount(); row++) {
            String name = has(table, "series") ? table.column("series").getString(row) : "";
            points.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(new Point(
                            value(table, x, row),
                            number(table, y, row),
                            has(table, "low") ? number(table, "low", row) : null,
                            has(table, "high") ? number(table, "high", row) : null));
        }
        return points.entrySet().stream()
                .map((Map.Entry<String, List<Point>> e) -> new Series(e.getKey(), List.copyOf(e.getValue())))
                .toList();
    }

    List<@Nullable Object> xs() {
        var xs = new ArrayList<@Nullable Object>();
        points.forEach(point -> xs.add(point.x()));
        return xs;
    }

    List<@Nullable Object> ys() {
        var ys = new ArrayList<@Nullable Object>();
        points.forEach(point -> ys.add(point.y()));
        return ys;
    }

    /// {@return every number that the vertical axis must reach: values and the ends of their intervals}
    Stream<Double> reach() {
        return points.stream()
                .flatMap(
                        point -> Stream.of(point.y(), point.low(), point.high()).flatMap(Stream::ofNullable));
    }

    boolean hasIntervals() {
        return points.stream().anyMatch(point -> point.low() != null && point.high() != null);
    }

    /// {@return plotly's error bars for the intervals}
    Map<String, Object> errorBars(String color) {
        var up = new ArrayList<@Nullable Object>();
        var down = new ArrayList<@Nullable Object>();
        for (var point : points) {
            Double y = point.y();
            up.add(y == null || point.high() == null ? null : (Object) Math.max(0, point.high() - y));
            down.add(y == null || point.low() == null ? null : (Object) Math.max(0, y - point.low()));
        }
        var bars = new LinkedHashMap<String, Object>();
        bars.put("type", "data");
        bars.put("symmetric", false);
        bars.put("array", up);
        bars.put("arrayminus", down);
        bars.put("color", color);
        bars.put("thickness", 2);
        bars.put("width", 6);
        return bars;
    }

    private static boolean has(Table table, String column) {
        return table.containsColumn(column);
    }

    private static @Nullable Object value(Table table, String name, int row) {
        return column(table, name) instanceof NumericColumn<?>
                ? (Object) number(table, name, row)
                : column(table, name).isMissing(row)
                        ? null
                        : column(table, name).getString(row);
    }

    private static @Nullable Double number(Table table, String name, int row) {
        if (!(column(table, name) instanceof NumericColumn<?> numbers)) {
            throw new IllegalArgumentException(
                    """
                    Column %s of the table must hold numbers, but it holds %s.
                    Its columns: %s\
                    """.formatted(name, column(table, name).type().name(), table.columnNames()));
        }
        return numbers.isMissing(row) ? null : (Double) numbers.getDouble(row);
    }

    private static Column<?> column(Table table, String name) {
        if (!table.containsColumn(name)) {
            throw new IllegalArgumentException("""
                    The chart needs a column %s, but the table has only %s.
                    Rename a column: table.column(0).setName("%s")\
                    """.formatted(name, table.columnNames(), name));
        }
        return table.column(name);
    }
}
