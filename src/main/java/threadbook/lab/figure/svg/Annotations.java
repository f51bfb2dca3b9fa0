package threadbook.lab.figure.svg;

import java.util.Map;

/// Texts with an arrow to a point, and lines and rectangles, as the layout lists them.
///
/// @param layout  the chart's layout
/// @param axes    by id; what is placed on `paper` refers to the frame
record Annotations(Attributes layout, Map<String, Axis> axes, Frame frame) {
    private static final double ARROW = 8;

    void draw(Canvas canvas, double fontSize) {
        for (Object each : layout.list("annotations")) {
            annotation(canvas, Attributes.of(each), fontSize);
        }
    }

    private void annotation(Canvas canvas, Attributes note, double fontSize) {
        double x = at(note, "xref", "x", "x");
        double y = at(note, "yref", "y", "y");
        if (Double.isNaN(x) || Double.isNaN(y) || note.is("visible", false)) {
            return;
        }
        double size = note.object("font").number("size", fontSize);
        double textX = x;
        double textY = y + size * 0.35;
        if (!note.is("showarrow", false)) {
            textX = x + note.number("ax", -10);
            double tail = y + note.number("ay", -30);
            arrow(canvas, textX, tail, x, y);
            textY = tail < y ? tail - 4 : tail + size;
        }
        var anchor = switch (note.text("xanchor", "auto")) {
            case "left" -> Canvas.Anchor.START;
            case "right" -> Canvas.Anchor.END;
            default -> Canvas.Anchor.MIDDLE;
        };
        canvas.text(textX, textY, note.text("text", ""), anchor, size);
    }

    private static void arrow(Canvas canvas, double fromX, double fromY, double toX, double toY) {
        canvas.line(fromX, fromY, toX, toY, canvas.ink().text(), 1.5);
        double direction = Math.atan2(toY - fromY, toX - fromX);
        canvas.tag("path")
                .set(
                        "d",
                        new Path()
                                .move(toX, toY)
                                .line(toX - ARROW * Math.cos(direction - 0.4), toY - ARROW * Math.sin(direction - 0.4))
                                .line(toX - ARROW * Math.cos(direction + 0.4), toY - ARROW * Math.sin(direction + 0.4))
                                .close())
                .set("fill", canvas.ink().text())
                .empty();
    }

    /// Draws the shapes that lie below the traces, or those above.
    void drawShapes(Canvas canvas, boolean below) {
        for (Object each : layout.list("shapes")) {
            var shape = Attributes.of(each);
            if (shape.is("layer", "below") == below) {
                shape(canvas, shape);
            }
        }
    }

    private void shape(Canvas canvas, Attributes shape) {
        double x0 = at(shape, "xref", "x", "x0");
        double x1 = at(shape, "xref", "x", "x1");
        double y0 = at(shape, "yref", "y", "y0");
        double y1 = at(shape, "yref", "y", "y1");
        if (Double.isNaN(x0 + x1 + y0 + y1)) {
            return;
        }
        var line = shape.object("line");
        var path = shape.is("type", "line") ? new Path().move(x0, y0).line(x1, y1) : new Path().rect(x0, y0, x1, y1);
        canvas.tag("path")
                .set("d", path)
                .set("fill", shape.is("type", "line") ? "none" : shape.text("fillcolor", "none"))
                .set("stroke", line.text("color", canvas.ink().text()))
                .set("stroke-width", line.number("width", 2))
                .set("stroke-dasharray", Dash.array(line))
                .set("opacity", shape.has("opacity") ? Double.toString(shape.number("opacity", 1)) : "")
                .empty();
    }

    /// {@return the pixel of a position}; on a logarithmic axis plotly takes the exponent for annotations
    /// and the number itself for shapes
    private double at(Attributes owner, String reference, String fallback, String key) {
        String name = owner.text(reference, fallback);
        Axis axis = axes.get(name);
        double number = owner.number(key, Double.NaN);
        if (axis == null) {
            return fallback.equals("x") ? frame.x(number) : frame.y(number);
        }
        boolean exponent = axis.kind() == Axis.Kind.LOG && key.length() == 1;
        return exponent ? axis.pixel(number) : axis.pixelOf(owner.get(key));
    }
}
