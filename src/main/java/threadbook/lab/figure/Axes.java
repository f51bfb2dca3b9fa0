package threadbook.lab.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Plotly's JSON for the axes and the layout of our charts.
///
/// Every linear axis has an explicit range, so that the picture and the live chart show the same.
final class Axes {
    private Axes() {}

    static Map<String, Object> layout(String title, Map<String, Object> x, Map<String, Object> y, boolean legend) {
        var layout = new LinkedHashMap<String, Object>();
        layout.put("title", Map.of("text", title.strip().replace("\n", "<br>")));
        layout.put("xaxis", x);
        layout.put("yaxis", y);
        layout.put("showlegend", legend);
        layout.put("legend", Map.of("orientation", "h", "x", 0, "y", 1.02, "yanchor", "bottom"));
        return layout;
    }

    static Map<String, Object> categories(String title, List<Series> series) {
        var axis = axis(title, "category");
        long count = series.stream()
                .flatMap(each -> each.points().stream())
                .map(Series.Point::x)
                .distinct()
                .count();
        axis.put("range", List.of(-0.5, count - 0.5));
        axis.put("showgrid", false);
        return axis;
    }

    /// @param range  lower and upper end
    static Map<String, Object> linear(String title, List<Double> range) {
        var axis = axis(title, "linear");
        axis.put("range", range);
        return axis;
    }

    private static Map<String, Object> axis(String title, String type) {
        var axis = new LinkedHashMap<String, Object>();
        axis.put("title", Map.of("text", title));
        axis.put("type", type);
        return axis;
    }

    /// {@return the distinct numbers on the horizontal axis, ascending; empty if it has texts}
    static List<Double> numbers(List<Series> series) {
        return series.stream()
                .flatMap(each -> each.points().stream())
                .flatMap(point -> point.x() instanceof Double number ? Stream.of(number) : null)
                .distinct()
                .sorted()
                .toList();
    }

    /// {@return a range with some air on both sides of the numbers, which ascend}
    static List<Double> around(List<Double> numbers) {
        double air = Math.max((numbers.getLast() - numbers.getFirst()) * 0.06, 1e-9);
        return numbers.size() == 1
                ? List.of(numbers.getFirst() - 1, numbers.getFirst() + 1)
                : List.of(numbers.getFirst() - air, numbers.getLast() + air);
    }

    /// {@return a range from 0 to somewhat above the number}
    static List<Double> upTo(double most) {
        return List.of(0.0, most > 0 ? most * 1.08 : 1.0);
    }

    /// {@return a range that holds 0, all values and the ends of their intervals}
    static List<Double> withZero(List<Series> series) {
        double low =
                series.stream().flatMap(Series::reach).mapToDouble(y -> y).min().orElse(0);
        double high =
                series.stream().flatMap(Series::reach).mapToDouble(y -> y).max().orElse(1);
        return low >= 0 ? upTo(high) : List.of(low * 1.08, high > 0 ? high * 1.08 : 0.0);
    }
}
