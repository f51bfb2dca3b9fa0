package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// The picture of a chart that is given as plotly's JSON.
///
/// It draws scatter (lines, markers, steps, areas, texts), bars, boxes and heatmaps with error bars, on
/// linear, logarithmic and category axes, several plots in a grid, a second vertical axis, a legend,
/// annotations and shapes. For a trace of another kind it says in the picture that it is interactive only.
///
/// ```java
/// StaticSvg.of(
///         List.of(Map.of("type", "bar", "x", List.of("a", "b"), "y", List.of(1, 2))),
///         Map.of("title", Map.of("text", "Two bars")),
///         "Two bars, the second one twice as high")
/// ```
public final class StaticSvg {
    private static final List<String> COLORS =
            List.of("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b");

    private static final double LIKELY_MARGINS = 120;

    private final Attributes layout;
    private final double width;
    private final double height;
    private final double fontSize;
    private final Map<String, Axis> axes = new TreeMap<>();
    private final Set<Plot> plots = new LinkedHashSet<>();
    private final List<Marks> marks = new ArrayList<>();
    private final Legend legend;
    private final Margins margins;

    private StaticSvg(List<Map<String, Object>> data, Map<String, Object> layout) {
        this.layout = new Attributes(layout);
        width = this.layout.number("width", 700);
        height = this.layout.number("height", 450);
        fontSize = this.layout.object("font").number("size", 12);
        marks.addAll(marks(traces(data)));
        marks.forEach(Marks::reach);
        axes.values().forEach(axis -> axis.fit(likelyLength(axis)));
        legend = Legend.of(marks, this.layout, fontSize);
        margins = Margins.of(this.layout, axes.values(), legend, marks, fontSize);
    }

    /// {@return an SVG document of the size that the layout gives, by default 700 × 450 pixels}
    ///
    /// @param data    the traces, each attribute to value
    /// @param layout  attribute to value
    /// @param alt     what the chart shows, in words: the title of the document
    public static String of(List<Map<String, Object>> data, Map<String, Object> layout, String alt) {
        return new StaticSvg(data, layout).draw(alt, Integer.toHexString(Objects.hash(data, layout, alt)));
    }

    /// {@return the margins in pixels that the picture takes where the layout gives none, as plotly's
    /// attribute `margin`: with it the live chart has its plot in the same place}
    public static Map<String, Object> margin(List<Map<String, Object>> data, Map<String, Object> layout) {
        return new StaticSvg(data, layout).margins.toJson();
    }

    /// About how long the axis will be: how wide its labels are, and so the margins, is known only with its ticks.
    private double likelyLength(Axis axis) {
        var grid = layout.object("grid");
        return axis.isHorizontal()
                ? (width - LIKELY_MARGINS) / Math.max(1, grid.number("columns", 1))
                : (height - LIKELY_MARGINS) / Math.max(1, grid.number("rows", 1));
    }

    private List<Trace> traces(List<Map<String, Object>> data) {
        var colors = layout.has("colorway") ? layout.list("colorway") : COLORS;
        var traces = new ArrayList<Trace>();
        for (var json : data) {
            var spec = new Attributes(json);
            if (!Boolean.FALSE.equals(spec.get("visible"))) {
                Axis x = axis(spec.text("xaxis", "x"));
                Axis y = axis(spec.text("yaxis", "y"));
                x.expect(spec.list("x"));
                y.expect(spec.list("y"));
                if (spec.is("type", "box") && !spec.has("x")) {
                    x.expect(List.of("the trace's name"));
                }
                plots.add(new Plot(x, y));
                int index = traces.size();
                traces.add(new Trace(spec, x, y, index, String.valueOf(colors.get(index % colors.size()))));
            }
        }
        return traces;
    }

    private Axis axis(String id) {
        return axes.computeIfAbsent(id, _ -> new Axis(id, layout.object(id.charAt(0) + "axis" + id.substring(1))));
    }

    private List<Marks> marks(List<Trace> traces) {
        var bars = BarMarks.of(
                traces.stream().filter(trace -> trace.type().equals("bar")).toList(), layout);
        var boxes = traces.stream().filter(trace -> trace.type().equals("box")).toList();
        boolean sideBySide = layout.is("boxmode", "group");
        var all = new ArrayList<Marks>();
        var nextBar = bars.iterator();
        for (var trace : traces) {
            all.add(
                    switch (trace.type()) {
                        case "scatter" -> new ScatterMarks(trace);
                        case "bar" -> nextBar.next();
                        case "box" ->
                            trace.isHorizontal()
                                    ? new UnknownMarks(trace)
                                    : new BoxMarks(
                                            trace,
                                            sideBySide ? boxes.indexOf(trace) : 0,
                                            sideBySide ? boxes.size() : 1);
                        case "heatmap" -> new HeatmapMarks(trace);
                        default -> new UnknownMarks(trace);
                    });
        }
        return all;
    }

    private String draw(String alt, String id) {
        var ink = new Canvas.Ink(
                layout.object("font").text("color", "#444444"),
                layout.object("xaxis").text("gridcolor", "#e5e8ee"),
                layout.text("paper_bgcolor", "#ffffff"));
        var canvas = new Canvas(ink, "chart-" + id);
        var frame = Placement.place(layout, axes, margins, width, height, fontSize);
        open(canvas, alt);
        var annotations = new Annotations(layout, axes, frame);
        boolean toScale = marks.stream().anyMatch(each -> !(each instanceof UnknownMarks));
        if (toScale) {
            plots.forEach(plot -> plot.drawGround(canvas));
        }
        annotations.drawShapes(canvas, true);
        for (var plot : plots) {
            drawMarks(canvas, plot);
        }
        annotations.drawShapes(canvas, false);
        if (toScale) {
            AxisTexts.draw(canvas, axes.values(), plots, fontSize);
        }
        title(canvas);
        annotations.draw(canvas, fontSize);
        legend.draw(canvas, frame, width - legend.columnWidth());
        canvas.close("svg");
        return canvas.toString();
    }

    private void open(Canvas canvas, String alt) {
        canvas.tag("svg")
                .set("xmlns", "http://www.w3.org/2000/svg")
                .set("viewBox", "0 0 %s %s".formatted(Canvas.length(width), Canvas.length(height)))
                .set("width", width)
                .set("height", height)
                .set("role", "img")
                .set("aria-labelledby", canvas.id("title"))
                .set("font-family", layout.object("font").text("family", "Arial, Helvetica, sans-serif"))
                .open();
        canvas.tag("title").set("id", canvas.id("title")).open();
        canvas.content(alt);
        canvas.close("title");
        canvas.tag("rect")
                .set("width", width)
                .set("height", height)
                .set("rx", 6)
                .set("fill", canvas.ink().paper())
                .empty();
    }

    private void drawMarks(Canvas canvas, Plot plot) {
        plot.openClipped(canvas);
        for (var each : marks) {
            if (each.trace().x() == plot.x() && each.trace().y() == plot.y()) {
                boolean faint = each.trace().opacity() < 1;
                if (faint) {
                    canvas.tag("g")
                            .set("opacity", Double.toString(each.trace().opacity()))
                            .open();
                }
                each.draw(canvas);
                if (faint) {
                    canvas.close("g");
                }
            }
        }
        canvas.close("g");
        for (var each : marks) {
            if (each instanceof HeatmapMarks heatmap
                    && heatmap.trace().x() == plot.x()
                    && heatmap.trace().y() == plot.y()) {
                heatmap.drawScale(canvas, fontSize);
            }
        }
    }

    private void title(Canvas canvas) {
        double size = Margins.titleSize(layout, fontSize);
        double y = Margins.TITLE_TOP + size * 0.85;
        for (var line : layout.title().map(RichText::lines).orElse(List.of())) {
            canvas.text(width / 2, y, line, Canvas.Anchor.MIDDLE, size);
            y += size * Margins.LINE_HEIGHT;
        }
    }
}
