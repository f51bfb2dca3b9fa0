package threadbook.lab.figure.svg;

import java.util.Collection;

/// The labels and titles of the axes, each axis once: a horizontal one below the lowest plot it belongs
/// to, a vertical one to the left of its leftmost plot or to the right of its rightmost one.
final class AxisTexts {
    private AxisTexts() {}

    static void draw(Canvas canvas, Collection<Axis> axes, Collection<Plot> plots, double fontSize) {
        for (var axis : axes) {
            if (axis.spec().is("visible", false)) {
                continue;
            }
            if (axis.isHorizontal()) {
                double y = plots.stream()
                        .filter(plot -> plot.x() == axis)
                        .mapToDouble(plot -> plot.y().start())
                        .max()
                        .orElseThrow();
                horizontal(canvas, axis, y, fontSize);
            } else {
                boolean right = Margins.isOnTheRight(axis);
                var edges = plots.stream()
                        .filter(plot -> plot.y() == axis)
                        .mapToDouble(plot -> right ? plot.x().end() : plot.x().start());
                vertical(canvas, axis, right, (right ? edges.max() : edges.min()).orElseThrow(), fontSize);
            }
        }
    }

    private static void horizontal(Canvas canvas, Axis axis, double y, double fontSize) {
        var labels = XLabels.of(axis, fontSize);
        labels.draw(canvas, axis, y, fontSize);
        double size = axis.titleSize(fontSize);
        double middle = (axis.start() + axis.end()) / 2;
        axis.spec()
                .title()
                .ifPresent(title -> canvas.text(middle, y + labels.depth() + size, title, Canvas.Anchor.MIDDLE, size));
    }

    private static void vertical(Canvas canvas, Axis axis, boolean right, double x, double fontSize) {
        double size = axis.tickSize(fontSize);
        for (var tick : axis.ticks()) {
            canvas.text(
                    right ? x + 6 : x - 6,
                    axis.pixel(tick.coordinate()) + size * 0.35,
                    tick.label(),
                    right ? Canvas.Anchor.START : Canvas.Anchor.END,
                    size);
        }
        double titleSize = axis.titleSize(fontSize);
        double distance = 6 + axis.widestLabel(fontSize) + 10;
        double titleX = right ? x + distance + titleSize * 0.8 : x - distance;
        double middle = (axis.start() + axis.end()) / 2;
        axis.spec()
                .title()
                .ifPresent(title -> canvas.turnedText(titleX, middle, title, Canvas.Anchor.MIDDLE, titleSize, -90));
    }
}
