package threadbook.lab.figure.svg;

/// The rectangle inside the margins, in pixels.
record Frame(double left, double top, double right, double bottom) {

    /// {@return the pixel of a share of the width, 0 at the left}
    double x(double share) {
        return left + share * (right - left);
    }

    /// {@return the pixel of a share of the height, 0 at the bottom}
    double y(double share) {
        return bottom - share * (bottom - top);
    }
}
