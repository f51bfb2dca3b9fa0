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
            canvas.tag("path")
                    .set("d", grid)
                    .set("stroke", canvas.ink().rule())
                    .set("fill", "none")
                    .empty();
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
        canvas.tag("clipPath").set("id", id).open();
        canvas.tag("rect")
                .set("x", x.start() - air)
                .set("y", y.end() - air)
                .set("width", x.end() - x.start() + 2 * air)
                .set("height", y.start() - y.end() + 2 * air)
                .empty();
        canvas.close("clipPath");
        canvas.tag("g").set("clip-path", "url(#" + id + ")").open();
    }
}
