package threadbook.lab.figure;

import static threadbook.lab.figure.PlotlyFigure.child;

import java.util.List;
import java.util.Map;
import threadbook.lab.figure.svg.StaticSvg;

/// What a chart looks like where its author did not say: legible on a projector of 1280 × 720, the same
/// in the picture and in the live chart.
final class Appearance {
    /// Of axis labels and the legend, in pixels; plotly makes titles 1.2 and 1.4 times as large.
    static final int FONT_SIZE = 15;

    static final String FONT_FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif";
    static final int WIDTH = 760;

    /// The widest figure: about as much as JupyterLab leaves a cell on a projector. A wider one would be
    /// made smaller by the page, and its texts with it.
    static final int WIDEST = 860;

    static final int HEIGHT = 420;

    private static final double TITLE_TOP = 10; // as in the picture

    private Appearance() {}

    /// Adds to the layout what it does not say.
    static void complete(List<Map<String, Object>> data, Map<String, Object> layout) {
        layout.putIfAbsent("width", WIDTH);
        layout.putIfAbsent("height", HEIGHT);
        fitIntoCell(layout);
        legend(data, layout);
        layout.putIfAbsent("colorway", Palette.SERIES);
        layout.putIfAbsent("paper_bgcolor", Palette.PAPER);
        layout.putIfAbsent("plot_bgcolor", Palette.PAPER);
        var font = child(layout, "font");
        font.putIfAbsent("family", FONT_FAMILY);
        font.putIfAbsent("size", FONT_SIZE);
        font.putIfAbsent("color", Palette.INK);
        child(child(layout, "hoverlabel"), "font").putIfAbsent("size", FONT_SIZE);
        child(layout, "xaxis");
        child(layout, "yaxis");
        for (var name : List.copyOf(layout.keySet())) {
            if (PlotlyDialect.isAxis(name)) {
                var axis = child(layout, name);
                axis.putIfAbsent("automargin", true);
                axis.putIfAbsent("gridcolor", Palette.RULE);
                axis.putIfAbsent("zerolinecolor", Palette.INK);
                if (axis.containsKey("overlaying")) {
                    axis.putIfAbsent("showgrid", false); // two grids over each other cannot be read
                }
                if (axis.get("title") instanceof Map) {
                    child(axis, "title").putIfAbsent("standoff", 8);
                }
            }
        }
        if (layout.get("title") instanceof Map) {
            title(child(layout, "title"), layout);
        }
        var margin = child(layout, "margin");
        StaticSvg.margin(data, layout).forEach(margin::putIfAbsent);
    }

    private static void fitIntoCell(Map<String, Object> layout) {
        if (layout.get("width") instanceof Number width
                && layout.get("height") instanceof Number height
                && width.doubleValue() > WIDEST) {
            layout.put("height", Math.round(height.doubleValue() * WIDEST / width.doubleValue()));
            layout.put("width", WIDEST);
        }
    }

    /// Leaves out of the legend what has no name: plotly would call it "trace 0".
    private static void legend(List<Map<String, Object>> data, Map<String, Object> layout) {
        if (data.stream().anyMatch(trace -> "pie".equals(trace.get("type")))) {
            return; // a pie's legend names its slices
        }
        layout.putIfAbsent(
                "showlegend",
                data.stream().filter(trace -> trace.containsKey("name")).count() > 1);
        for (var trace : data) {
            if (!trace.containsKey("name")) {
                trace.putIfAbsent("showlegend", false);
            }
        }
    }

    /// Keeps the title at the top: plotly would put it into the middle of the margin, over the legend.
    private static void title(Map<String, Object> title, Map<String, Object> layout) {
        double height = layout.get("height") instanceof Number number ? number.doubleValue() : HEIGHT;
        title.putIfAbsent("yref", "container");
        title.putIfAbsent("yanchor", "top");
        title.putIfAbsent("y", 1 - TITLE_TOP / height);
    }
}
