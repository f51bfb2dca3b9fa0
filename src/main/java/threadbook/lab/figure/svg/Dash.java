package threadbook.lab.figure.svg;

/// Plotly's names for broken lines.
final class Dash {
    private Dash() {}

    /// {@return the `stroke-dasharray`; empty for a line without gaps}
    static String array(Attributes line) {
        double width = Math.max(2, line.number("width", 2));
        return switch (line.text("dash", "solid")) {
            case "dot" -> "%s %s".formatted(Canvas.length(width), Canvas.length(width * 2));
            case "dash" -> "%s %s".formatted(Canvas.length(width * 3), Canvas.length(width * 2));
            case "longdash" -> "%s %s".formatted(Canvas.length(width * 5), Canvas.length(width * 2));
            case "dashdot" ->
                "%1$s %2$s %3$s %2$s"
                        .formatted(Canvas.length(width * 3), Canvas.length(width * 1.5), Canvas.length(width));
            case "longdashdot" ->
                "%1$s %2$s %3$s %2$s"
                        .formatted(Canvas.length(width * 5), Canvas.length(width * 1.5), Canvas.length(width));
            default -> "";
        };
    }
}
