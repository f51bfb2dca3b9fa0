package threadbook.lab.figure.svg;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Plotly's names for broken lines.
final class Dash {
    private Dash() {}

    /// {@return the `stroke-dasharray`; empty for a line without gaps}
    static String array(Attributes line) {
        double width = Math.max(3, line.number("width", 2)); // as plotly.js does
        return switch (line.text("dash", "solid")) {
            case "dot" -> lengths(width, width);
            case "dash" -> lengths(3 * width, 3 * width);
            case "longdash" -> lengths(5 * width, 5 * width);
            case "dashdot" -> lengths(3 * width, width, width, width);
            case "longdashdot" -> lengths(5 * width, 2 * width, width, 2 * width);
            default -> "";
        };
    }

    private static String lengths(double... lengths) {
        return Arrays.stream(lengths).mapToObj(Canvas::length).collect(Collectors.joining(" "));
    }
}
