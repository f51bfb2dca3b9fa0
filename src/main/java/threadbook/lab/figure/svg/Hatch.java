package threadbook.lab.figure.svg;

/// The hatching of bars: what tells them apart without colour.
final class Hatch {
    private Hatch() {}

    /// Writes the definition of a hatching.
    ///
    /// @param id       unique in the document
    /// @param pattern  plotly's attribute `marker.pattern`
    /// @param color    of the bar
    static void define(Canvas canvas, String id, Attributes pattern, String color) {
        double size = pattern.number("size", 8);
        double width = Math.max(1, size * pattern.number("solidity", 0.3) * 0.7);
        String shape = pattern.text("shape", "");
        canvas.tag("pattern")
                .set("id", id)
                .set("width", size)
                .set("height", size)
                .set("patternUnits", "userSpaceOnUse")
                .set("patternTransform", turn(shape))
                .open();
        canvas.rect(0, 0, size, size, color);
        var lines = new Path().move(0, size / 2).horizontal(size);
        if (shape.equals("x") || shape.equals("+")) {
            lines.move(size / 2, 0).vertical(size);
        }
        canvas.tag("path")
                .set("d", lines)
                .set("stroke", pattern.text("fgcolor", canvas.ink().paper()))
                .set("stroke-width", width)
                .set("fill", "none")
                .empty();
        canvas.close("pattern");
    }

    private static String turn(String shape) {
        return switch (shape) {
            case "/" -> "rotate(-45)";
            case "\\", "x" -> "rotate(45)";
            case "|" -> "rotate(90)";
            default -> "";
        };
    }
}
