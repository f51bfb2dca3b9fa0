package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The bars of one trace, upright or lying.
///
/// @param bars  one for each point, in order
record BarMarks(Trace trace, List<Bar> bars) implements Marks {

    /// One bar.
    ///
    /// @param left   where it begins on the axis of positions, a coordinate
    /// @param right  where it ends there
    /// @param from   the number it stands on
    /// @param to     the number it reaches; NaN if the value is missing
    record Bar(double left, double right, double from, double to) {
        double middle() {
            return (left + right) / 2;
        }
    }

    /// Places the bars of all traces: side by side, on top of each other or in one place, as the layout says.
    static List<BarMarks> of(List<Trace> traces, Attributes layout) {
        String mode = layout.text("barmode", "group");
        boolean stacked = mode.equals("stack") || mode.equals("relative");
        var slots = new ArrayList<>(traces.stream()
                .map(trace ->
                        mode.equals("group") ? slot(trace) : position(trace).id())
                .distinct()
                .toList());
        var reached = new HashMap<String, Double>();
        var all = new ArrayList<BarMarks>();
        for (var trace : traces) {
            int slot = mode.equals("group") ? slots.indexOf(slot(trace)) : 0;
            int slotCount = mode.equals("group") ? slots.size() : 1;
            double room = smallestGap(traces, position(trace)) * (1 - layout.number("bargap", 0.2));
            double width = room / slotCount;
            var bars = new ArrayList<Bar>();
            var places = trace.isHorizontal() ? trace.ys() : trace.xs();
            var values = trace.isHorizontal() ? trace.xs() : trace.ys();
            for (int i = 0; i < values.size(); i++) {
                Object place = places.isEmpty() ? (Object) i : Attributes.element(places, i);
                double center = position(trace).coordinate(place);
                double length = Attributes.number(Attributes.element(values, i), Double.NaN);
                double from = Attributes.number(trace.spec().at("base", i), 0);
                if (stacked) {
                    String pile = position(trace).id() + "/" + center + "/" + (length < 0);
                    from = reached.getOrDefault(pile, 0.0);
                    reached.put(pile, from + (Double.isNaN(length) ? 0 : length));
                }
                double own = Attributes.number(trace.spec().at("width", i), Double.NaN);
                double left = Double.isNaN(own) ? center - room / 2 + slot * width : center - own / 2;
                bars.add(new Bar(left, left + (Double.isNaN(own) ? width : own), from, from + length));
            }
            all.add(new BarMarks(trace, bars));
        }
        return all;
    }

    @Override
    public void reach() {
        var error = error();
        for (int i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            position(trace).reach(bar.left());
            position(trace).reach(bar.right());
            value(trace).reach(value(trace).coordinate(bar.from()));
            value(trace).reach(value(trace).coordinate(bar.to()));
            ErrorBar.of(error, bar.to(), i).ifPresent(interval -> interval.reach(value(trace)));
        }
        position(trace).fitTightly();
        if (!trace.spec().has("base")) {
            value(trace).beginAtZero();
        }
    }

    @Override
    public void draw(Canvas canvas) {
        var outline = trace.marker().object("line");
        for (var ofColor : pathsByColor().entrySet()) {
            canvas.tag("path")
                    .set("d", ofColor.getValue())
                    .set("fill", fill(canvas, ofColor.getKey()))
                    .set(
                            "fill-opacity",
                            trace.marker().has("opacity") ? trace.marker().number("opacity", 1) + "" : "")
                    .set("stroke", outline.text("color", ""))
                    .set("stroke-width", outline.has("width") ? Canvas.length(outline.number("width", 0)) : "")
                    .empty();
        }
        for (int i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            double across = position(trace).pixel(bar.middle());
            ErrorBar.of(error(), bar.to(), i)
                    .ifPresent(interval -> interval.draw(
                            canvas, error(), value(trace), across, canvas.ink().text()));
            text(i).ifPresent(text ->
                    write(canvas, text, across, value(trace).pixel(value(trace).coordinate(bar.to()))));
        }
    }

    /// Draws what stands for this trace in the legend.
    void drawSample(Canvas canvas, double x, double y, double size) {
        canvas.rect(x, y, size, size, fill(canvas, trace.color(0)));
    }

    /// {@return the colour, or a reference to a hatching of this colour that is written first}
    private String fill(Canvas canvas, String color) {
        var pattern = trace.marker().object("pattern");
        if (pattern.text("shape").isEmpty()) {
            return color;
        }
        String id = canvas.id("hatch" + trace.index() + color.replaceAll("\\W", ""));
        if (canvas.defines(id)) {
            Hatch.define(canvas, id, pattern, color);
        }
        return "url(#" + id + ")";
    }

    private Map<String, Path> pathsByColor() {
        var paths = new LinkedHashMap<String, Path>();
        for (int i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            double to = value(trace).pixel(value(trace).coordinate(bar.to()));
            double from = value(trace).pixel(value(trace).coordinate(bar.from()));
            if (Double.isNaN(to)) {
                continue;
            }
            if (Double.isNaN(from)) { // zero on a logarithmic axis: the bar stands on the edge of the plot
                from = value(trace).start();
            }
            double left = position(trace).pixel(bar.left());
            double right = position(trace).pixel(bar.right());
            var path = paths.computeIfAbsent(trace.color(i), _ -> new Path());
            if (trace.isHorizontal()) {
                path.rect(from, left, to, right);
            } else {
                path.rect(left, from, right, to);
            }
        }
        return paths;
    }

    private Optional<String> text(int point) {
        Object text = trace.spec().at("text", point);
        return text == null || Double.isNaN(bars.get(point).to())
                ? Optional.empty()
                : Optional.of(NumberText.plain(text));
    }

    private void write(Canvas canvas, String text, double across, double end) {
        if (trace.isHorizontal()) {
            canvas.text(end + 5, across + 5, text, Canvas.Anchor.START, 14);
        } else {
            canvas.text(across, end - 6, text, Canvas.Anchor.MIDDLE, 14);
        }
    }

    private Attributes error() {
        return trace.spec().object(trace.isHorizontal() ? "error_x" : "error_y");
    }

    private static Axis position(Trace trace) {
        return trace.isHorizontal() ? trace.y() : trace.x();
    }

    private static Axis value(Trace trace) {
        return trace.isHorizontal() ? trace.x() : trace.y();
    }

    private static String slot(Trace trace) {
        return trace.spec().text("offsetgroup").orElse("trace " + trace.index());
    }

    /// {@return the distance between neighbouring bars, as a coordinate; 1 if there is only one}
    private static double smallestGap(List<Trace> traces, Axis axis) {
        if (axis.kind() == Axis.Kind.CATEGORY) {
            return 1;
        }
        double[] places = traces.stream()
                .filter(trace -> position(trace) == axis)
                .flatMap(trace -> (trace.isHorizontal() ? trace.ys() : trace.xs()).stream())
                .filter(Objects::nonNull)
                .mapToDouble(axis::coordinate)
                .filter(Double::isFinite)
                .sorted()
                .distinct()
                .toArray();
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < places.length; i++) {
            smallest = Math.min(smallest, places[i] - places[i - 1]);
        }
        return Double.isFinite(smallest) ? smallest : 1;
    }
}
