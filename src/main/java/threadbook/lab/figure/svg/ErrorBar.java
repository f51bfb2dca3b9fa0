package threadbook.lab.figure.svg;

import java.util.Optional;

/// The interval around one value.
///
/// @param low   lower end, at most the value
/// @param high  upper end, at least the value
record ErrorBar(double low, double high) {
    private static final double CAP = 5; // half the length of the line across each end, in pixels

    /// {@return the interval of a point}
    ///
    /// @param error  the trace's attribute `error_y` or `error_x`
    /// @param value  the number the point stands at
    static Optional<ErrorBar> of(Attributes error, double value, int point) {
        if (error.isEmpty() || error.is("visible", false) || Double.isNaN(value)) {
            return Optional.empty();
        }
        double up = switch (error.text("type", "data")) {
            case "constant" -> error.number("value", Double.NaN);
            case "percent" -> Math.abs(value) * error.number("value", Double.NaN) / 100;
            default -> Attributes.number(error.at("array", point), Double.NaN);
        };
        boolean symmetric = !error.has("arrayminus") || error.is("symmetric", true);
        double down = symmetric ? up : Attributes.number(error.at("arrayminus", point), Double.NaN);
        return Double.isNaN(up) || Double.isNaN(down)
                ? Optional.empty()
                : Optional.of(new ErrorBar(value - down, value + up));
    }

    void reach(Axis axis) {
        axis.reach(axis.coordinate(low));
        axis.reach(axis.coordinate(high));
    }

    /// @param axis    the axis of the value
    /// @param across  where the point stands on the other axis, in pixels
    void draw(Canvas canvas, Attributes error, Axis axis, double across, String color) {
        double from = axis.pixel(axis.coordinate(low));
        double to = axis.pixel(axis.coordinate(high));
        if (Double.isNaN(from)) { // on a logarithmic axis an interval that holds 0 has no lower end
            from = axis.start();
        }
        var path = axis.isHorizontal()
                ? new Path()
                        .move(from, across)
                        .horizontal(to)
                        .move(from, across - CAP)
                        .vertical(across + CAP)
                        .move(to, across - CAP)
                        .vertical(across + CAP)
                : new Path()
                        .move(across, from)
                        .vertical(to)
                        .move(across - CAP, from)
                        .horizontal(across + CAP)
                        .move(across - CAP, to)
                        .horizontal(across + CAP);
        canvas.tag("path")
                .set("d", path)
                .set("stroke", error.text("color", color))
                .set("stroke-width", error.number("thickness", 2))
                .set("fill", "none")
                .empty();
    }
}
