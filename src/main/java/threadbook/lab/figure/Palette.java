package threadbook.lab.figure;

import java.util.List;

/// The colours of a chart, as plotly writes them.
///
/// [#INK], [#RULE] and [#PAPER] are words more than colours: the script of the live chart puts the
/// colours of the page's theme in their place, so use them for what must follow the theme.
final class Palette {
    /// Text, axes, error bars, the ideal line.
    static final String INK = "#333333";
    /// Lines of the grid.
    static final String RULE = "#dddddd";
    /// What the chart is drawn on.
    static final String PAPER = "#ffffff";

    /// Colours of the series in order, from Okabe and Ito's eight: those with a contrast of 3:1 or more
    /// to white and to JupyterLab's dark ground come first; yellow and black, which have none on one of
    /// the two, are left out.
    ///
    /// @see <a href="https://jfly.uni-koeln.de/color/">Color Universal Design</a>
    static final List<String> SERIES = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    /// Marker shapes of the series in order: what tells them apart in grey print.
    static final List<String> SYMBOLS = List.of("circle", "square", "diamond", "triangle-up", "cross", "x");

    /// Dashes of the series in order.
    static final List<String> DASHES = List.of("solid", "dash", "dashdot", "longdash", "solid", "dash");

    /// Hatching of the bars of a series in order; the first is plain.
    static final List<String> HATCHES = List.of("", "/", "\\", "x", "-", "|");

    private Palette() {}

    /// {@return the element for a series, from the start again when there are more series than elements}
    static String at(List<String> elements, int series) {
        return elements.get(series % elements.size());
    }
}
