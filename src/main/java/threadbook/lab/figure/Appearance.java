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
    static final int HEIGHT = 420;

    private static final double TITLE_TOP = 10; // as in the picture

    private Appearance() {}

    /// Adds to the layout what it does not say.
    static void complete(List<Map<String, Object>> data, Map<String, Object> layout) {
        layout.putIfAbsent("width", WIDTH);
        layout.putIfAbsent("height", HEIGHT);
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
            }
        }
        if (layout.get("title") instanceof Map) {
            title(child(layout, "title"), layout);
        }
        var margin = child(layout, "margin");
        StaticSvg.margin(data, layout).forEach(margin::putIfAbsent);
    }

    /// Keeps the title at the top: plotly would put it into the middle of the margin, over the legend.
    private static void title(Map<String, Object> title, Map<String, Object> layout) {
        double height = layout.get("height") instanceof Number number ? number.doubleValue() : HEIGHT;
        title.putIfAbsent("yref", "container");
        title.putIfAbsent("yanchor", "top");
        title.putIfAbsent("y", 1 - TITLE_TOP / height);
    }
}
