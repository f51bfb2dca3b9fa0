package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Upright boxes: median, quartiles, whiskers to the last value within one and a half times the distance
/// between the quartiles, single points beyond. Quartiles are interpolated as plotly does.
///
/// @param slot   the place of this trace among the boxes of one category, from 0
/// @param slots  how many places there are
record BoxMarks(Trace trace, int slot, int slots) implements Marks {
    private static final double ROOM = 0.7; // share of a category's width that its boxes take
    private static final double REACH = 1.5;

    @Override
    public void reach() {
        groups().forEach((place, values) -> {
            trace.x().reach(place - 0.5);
            trace.x().reach(place + 0.5);
            values.forEach(trace.y()::reach);
        });
    }

    @Override
    public void draw(Canvas canvas) {
        double width = ROOM / slots;
        groups().forEach((place, values) -> {
            double left = place - ROOM / 2 + slot * width;
            box(canvas, values, trace.x().pixel(left + width * 0.15), trace.x().pixel(left + width * 0.85));
        });
    }

    /// {@return the sorted values of each box by its coordinate}
    private Map<Double, List<Double>> groups() {
        var groups = new LinkedHashMap<Double, List<Double>>();
        for (int i = 0; i < trace.ys().size(); i++) {
            double value = trace.y().coordinate(Attributes.element(trace.ys(), i));
            Object name = trace.xs().isEmpty() ? trace.spec().text("name", "") : Attributes.element(trace.xs(), i);
            if (Double.isFinite(value) && name != null) {
                groups.computeIfAbsent(trace.x().coordinate(name), _ -> new ArrayList<>())
                        .add(value);
            }
        }
        groups.values().forEach(values -> values.sort(null));
        return new TreeMap<>(groups);
    }

    private void box(Canvas canvas, List<Double> values, double left, double right) {
        double lower = quantile(values, 0.25);
        double upper = quantile(values, 0.75);
        double limit = REACH * (upper - lower);
        double least =
                values.stream().filter(v -> v >= lower - limit).findFirst().orElse(lower);
        double most = values.reversed().stream()
                .filter(v -> v <= upper + limit)
                .findFirst()
                .orElse(upper);
        double middle = (left + right) / 2;
        double quarter = (right - left) / 4;
        Axis y = trace.y();
        canvas.tag("path")
                .set(
                        "d",
                        new Path()
                                .rect(left, y.pixel(lower), right, y.pixel(upper))
                                .move(left, y.pixel(quantile(values, 0.5)))
                                .horizontal(right)
                                .move(middle, y.pixel(lower))
                                .vertical(y.pixel(least))
                                .move(middle, y.pixel(upper))
                                .vertical(y.pixel(most))
                                .move(middle - quarter, y.pixel(least))
                                .horizontal(middle + quarter)
                                .move(middle - quarter, y.pixel(most))
                                .horizontal(middle + quarter))
                .set("fill", trace.color())
                .set("fill-opacity", "0.5")
                .set("stroke", trace.color())
                .set("stroke-width", 2)
                .empty();
        for (double value : values) {
            if (value < lower - limit || value > upper + limit) {
                Symbol.draw(canvas, middle, y.pixel(value), 6, "circle", trace.color(), "");
            }
        }
    }

    /// {@return the value below which a share of the sorted values lies}
    private static double quantile(List<Double> sorted, double share) {
        double position = Math.clamp(sorted.size() * share - 0.5, 0, sorted.size() - 1.0);
        int below = (int) position;
        double above = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return sorted.get(below) + (position - below) * (above - sorted.get(below));
    }
}
