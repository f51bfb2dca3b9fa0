package threadbook.lab.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Alternative texts made from the numbers of a chart.
final class Words {
    /// More points than this are summed up: nobody listens to a hundred numbers.
    private static final int READ_OUT = 12;

    private Words() {}

    /// {@return a text that reads out the points}
    ///
    /// @param what  what the chart shows of the title's subject, such as `Speedup by number of workers`
    /// @param unit  what stands before each number of the horizontal axis; empty if it has texts
    static String of(String title, String what, String unit, List<Series> series) {
        String body = series.stream()
                .map(each -> (each.name().isEmpty() ? "" : each.name() + ": ") + points(each, unit))
                .collect(Collectors.joining(". "));
        return AltText.plain("%s. %s. %s.".formatted(title.strip(), what, body));
    }

    /// {@return a text that names the median of each group}
    static String ofGroups(String title, String what, List<Series> series) {
        var groups = series.stream()
                .flatMap(each -> each.points().stream()
                        .filter(point -> point.y() != null)
                        .collect(Collectors.groupingBy(
                                point -> (each.name().isEmpty() ? "" : each.name() + ", ") + point.x(),
                                LinkedHashMap::new,
                                Collectors.mapping(Series.Point::y, Collectors.toList())))
                        .entrySet()
                        .stream())
                .map(group -> group.getKey() + ": median " + number(median(group.getValue())))
                .collect(Collectors.joining("; "));
        return AltText.plain("%s. Box plot of %s. %s.".formatted(title.strip(), what, groups));
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().filter(Objects::nonNull).sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String points(Series series, String unit) {
        if (series.points().size() > READ_OUT) {
            var ys = series.points().stream()
                    .map(Series.Point::y)
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
            return ys.isEmpty()
                    ? "no values"
                    : "%d points from %s to %s".formatted(ys.size(), number(ys.getFirst()), number(ys.getLast()));
        }
        return series.points().stream().map(point -> point(point, unit)).collect(Collectors.joining("; "));
    }

    private static String point(Series.Point point, String unit) {
        String x = point.x() instanceof Double number ? number(number) : String.valueOf(point.x());
        String text = (unit.isEmpty() ? "" : unit + " ") + x + ": ";
        Double y = point.y();
        if (y == null) {
            return text + "no value";
        }
        return text
                + number(y)
                + (point.low() == null || point.high() == null
                        ? ""
                        : " (" + number(point.low()) + " to " + number(point.high()) + ")");
    }

    /// {@return the number with three significant digits, whole ones in full}
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        var exact = new BigDecimal(value);
        var rounded = Math.abs(value) >= 100
                ? exact.setScale(0, RoundingMode.HALF_EVEN)
                : exact.round(new MathContext(3, RoundingMode.HALF_EVEN));
        return rounded.stripTrailingZeros().toPlainString();
    }
}
