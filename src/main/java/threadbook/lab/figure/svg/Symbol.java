package threadbook.lab.figure.svg;

/// The shape of a marker.
final class Symbol {
    private Symbol() {}

    /// Draws a marker.
    ///
    /// @param size     across, in pixels
    /// @param name     plotly's name of the shape; a name unknown here is drawn as a circle
    /// @param outline  colour of its edge; empty for none
    static void draw(Canvas canvas, double x, double y, double size, String name, String color, String outline) {
        double r = size / 2;
        boolean open = name.endsWith("-open");
        String fill = open ? "none" : color;
        String stroke = open ? color : outline;
        if (shape(name.replace("-open", ""), x, y, r) instanceof Path path && !path.isEmpty()) {
            canvas.tag("path")
                    .set("d", path)
                    .set("fill", fill)
                    .set("stroke", stroke)
                    .empty();
        } else {
            canvas.tag("circle")
                    .set("cx", x)
                    .set("cy", y)
                    .set("r", r)
                    .set("fill", fill)
                    .set("stroke", stroke)
                    .empty();
        }
    }

    private static Path shape(String name, double x, double y, double r) {
        return switch (name) {
            case "square" -> new Path().rect(x - r, y - r, x + r, y + r);
            case "diamond" ->
                new Path()
                        .move(x - 1.3 * r, y)
                        .line(x, y - 1.3 * r)
                        .line(x + 1.3 * r, y)
                        .line(x, y + 1.3 * r)
                        .close();
            case "triangle-up" ->
                new Path()
                        .move(x - 1.15 * r, y + r / 2)
                        .line(x + 1.15 * r, y + r / 2)
                        .line(x, y - r)
                        .close();
            case "triangle-down" ->
                new Path()
                        .move(x - 1.15 * r, y - r / 2)
                        .line(x + 1.15 * r, y - r / 2)
                        .line(x, y + r)
                        .close();
            case "cross" -> {
                double arm = 1.2 * r;
                double half = 0.4 * r;
                yield new Path().rect(x - arm, y - half, x + arm, y + half).rect(x - half, y - arm, x + half, y + arm);
            }
            case "x" -> {
                double h = 0.57 * r;
                yield new Path()
                        .move(x, y - h)
                        .line(x + h, y - 2 * h)
                        .line(x + 2 * h, y - h)
                        .line(x + h, y)
                        .line(x + 2 * h, y + h)
                        .line(x + h, y + 2 * h)
                        .line(x, y + h)
                        .line(x - h, y + 2 * h)
                        .line(x - 2 * h, y + h)
                        .line(x - h, y)
                        .line(x - 2 * h, y - h)
                        .line(x - h, y - 2 * h)
                        .close();
            }
            default -> new Path();
        };
    }
}
