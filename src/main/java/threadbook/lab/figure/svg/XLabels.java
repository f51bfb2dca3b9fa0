package threadbook.lab.figure.svg;

/// How the labels of a horizontal axis are written so that they do not overlap: level, turned by 30°, or
/// upright, and then only every so many.
///
/// @param angle  clockwise, in degrees
/// @param every  1 for all labels
/// @param depth  room they take below the axis, in pixels
/// @param overhang  room the last one takes to the right of the axis, in pixels
record XLabels(int angle, int every, double depth, double overhang) {

    /// Finds out once the axis has its place from left to right.
    static XLabels of(Axis axis, double fontSize) {
        double size = axis.tickSize(fontSize);
        double widest = axis.widestLabel(fontSize);
        double space = space(axis);
        if (widest + 8 <= space || axis.ticks().size() < 2) {
            return new XLabels(0, 1, size + 9, 0);
        }
        if (axis.kind() != Axis.Kind.CATEGORY) {
            return new XLabels(0, (int) Math.ceil((widest + 8) / space), size + 9, 0);
        }
        if (space >= 1.8 * size) {
            double last = RichText.width(axis.ticks().getLast().label(), size);
            return new XLabels(30, 1, widest * 0.5 + size + 6, last * 0.87 - space / 2 + 4);
        }
        return new XLabels(90, (int) Math.ceil(1.2 * size / space), widest + 12, 0);
    }

    /// {@return the smallest distance between two labels, in pixels}
    private static double space(Axis axis) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < axis.ticks().size(); i++) {
            double here = axis.pixel(axis.ticks().get(i).coordinate());
            double before = axis.pixel(axis.ticks().get(i - 1).coordinate());
            smallest = Math.min(smallest, Math.abs(here - before));
        }
        return smallest;
    }

    void draw(Canvas canvas, Axis axis, double y, double fontSize) {
        double size = axis.tickSize(fontSize);
        for (int i = 0; i < axis.ticks().size(); i += every) {
            var tick = axis.ticks().get(i);
            double x = axis.pixel(tick.coordinate());
            if (angle == 0) {
                canvas.text(x, y + size + 3, tick.label(), Canvas.Anchor.MIDDLE, size);
            } else {
                canvas.turnedText(x - size * 0.3, y + 12, tick.label(), Canvas.Anchor.START, size, angle);
            }
        }
    }
}
