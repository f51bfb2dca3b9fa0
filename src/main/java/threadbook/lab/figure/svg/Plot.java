package threadbook.lab.figure.svg;

/// A pair of axes and what lies between them: the grid behind the marks, the lines at zero.
record Plot(Axis x, Axis y) {

    boolean liesOverAnother() {
        return y.spec().has("overlaying");
    }

    void drawGround(Canvas canvas) {
        if (liesOverAnother()) {
            return;
        }
        var grid = new Path();
        if (hasGrid(x)) {
            x.ticks()
                    .forEach(tick ->
                            grid.move(x.pixel(tick.coordinate()), y.start()).vertical(y.end()));
        }
        if (hasGrid(y)) {
            y.ticks()
                    .forEach(tick ->
                            grid.move(x.start(), y.pixel(tick.coordinate())).horizontal(x.end()));
        }
        if (!grid.isEmpty()) {
            canvas.element("path", "d", grid, "stroke", canvas.ink().rule(), "fill", "none");
        }
        if (hasZeroLine(y)) {
            canvas.line(x.start(), y.pixel(0), x.end(), y.pixel(0), canvas.ink().text(), 1);
        }
        if (hasZeroLine(x)) {
            canvas.line(x.pixel(0), y.start(), x.pixel(0), y.end(), canvas.ink().text(), 1);
        }
    }

    private static boolean hasGrid(Axis axis) {
        return axis.kind() != Axis.Kind.CATEGORY && !axis.spec().is("showgrid", false);
    }

    private static boolean hasZeroLine(Axis axis) {
        return axis.kind() == Axis.Kind.LINEAR
                && axis.lowest() <= 0
                && axis.highest() >= 0
                && !axis.spec().is("zeroline", false);
    }

    /// Opens a group that shows nothing outside of the plot; the caller closes `g`.
    void openClipped(Canvas canvas) {
        String id = canvas.id("clip-" + x.id() + y.id());
        double air = 6; // half a marker may stand out
        canvas.open("clipPath", "id", id);
        canvas.element(
                "rect",
                "x",
                x.start() - air,
                "y",
                y.end() - air,
                "width",
                x.end() - x.start() + 2 * air,
                "height",
                y.start() - y.end() + 2 * air);
        canvas.close("clipPath");
        canvas.open("g", "clip-path", "url(#" + id + ")");
    }
}
