package threadbook.lab.figure.svg;

import java.util.Set;

/// Who draws which kind of trace.
public final class TraceTypes {
    /// What the bundle plotly.js-cartesian draws. It takes every other type for a scatter plot and draws
    /// something wrong without a word, so a chart with another type must not become live.
    private static final Set<String> CARTESIAN = Set.of(
            "bar",
            "box",
            "contour",
            "heatmap",
            "histogram",
            "histogram2d",
            "histogram2dcontour",
            "image",
            "pie",
            "scatter",
            "scatterternary",
            "violin");

    private TraceTypes() {}

    /// {@return whether the live chart can show a trace of this type}
    public static boolean isLive(String type) {
        return CARTESIAN.contains(type);
    }
}
