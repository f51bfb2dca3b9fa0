package threadbook.lab.figure;

import static threadbook.lab.figure.PlotlyFigure.child;

import java.util.Map;

/// What a chart looks like where its author did not say: legible on a projector of 1280 × 720, the same
/// in the picture and in the live chart.
final class Appearance {
    /// Of axis labels and the legend, in pixels; plotly makes titles 1.2 and 1.4 times as large.
    static final int FONT_SIZE = 15;
    static final String FONT_FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif";
    static final int WIDTH = 760;
    static final int HEIGHT = 420;

    private Appearance() {}

    static void complete(Map<String, Object> layout) {
        layout.putIfAbsent("width", WIDTH);
        layout.putIfAbsent("height", HEIGHT);
        layout.putIfAbsent("colorway", Palette.SERIES);
        layout.putIfAbsent("paper_bgcolor", Palette.PAPER);
        layout.putIfAbsent("plot_bgcolor", Palette.PAPER);
        var font = child(layout, "font");
        font.putIfAbsent("family", FONT_FAMILY);
        font.putIfAbsent("size", FONT_SIZE);
        font.putIfAbsent("color", Palette.INK);
        child(layout, "xaxis");
        child(layout, "yaxis");
        for (var name : layout.keySet().toArray(new String[0])) {
            if (PlotlyDialect.isAxis(name)) {
                var axis = child(layout, name);
                axis.putIfAbsent("automargin", true);
                axis.putIfAbsent("gridcolor", Palette.RULE);
                axis.putIfAbsent("zerolinecolor", Palette.INK);
            }
        }
    }
}
