package threadbook.lab.figure.svg;

import static threadbook.lab.figure.svg.Canvas.length;

/// The `d` of an SVG path; absolute coordinates in pixels.
final class Path {
    private final StringBuilder d = new StringBuilder();

    Path move(double x, double y) {
        return command('M', x, y);
    }

    Path line(double x, double y) {
        return command('L', x, y);
    }

    Path horizontal(double x) {
        d.append('H').append(length(x));
        return this;
    }

    Path vertical(double y) {
        d.append('V').append(length(y));
        return this;
    }

    Path close() {
        d.append('Z');
        return this;
    }

    /// Adds a closed rectangle.
    Path rect(double x0, double y0, double x1, double y1) {
        return move(x0, y0).horizontal(x1).vertical(y1).horizontal(x0).close();
    }

    boolean isEmpty() {
        return d.isEmpty();
    }

    private Path command(char letter, double x, double y) {
        d.append(letter).append(length(x)).append(' ').append(length(y));
        return this;
    }

    @Override
    public String toString() {
        return d.toString();
    }
}
