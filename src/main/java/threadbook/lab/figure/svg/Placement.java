package threadbook.lab.figure.svg;

import java.util.Map;

/// Gives every axis its place: its domain in the frame, a cell of a grid, or the whole frame.
final class Placement {
    private final Attributes grid;
    private final Map<String, Axis> axes;

    private Placement(Attributes grid, Map<String, Axis> axes) {
        this.grid = grid;
        this.axes = axes;
    }

    /// A part of the frame's width or height, both ends from 0 to 1.
    private record Domain(double from, double to) {
        static final Domain WHOLE = new Domain(0, 1);

        /// {@return one of several equal parts with gaps between them, a gap being a share of a part}
        static Domain part(int index, int count, double gap) {
            double part = 1 / (count + gap * (count - 1));
            double from = index * part * (1 + gap);
            return new Domain(from, from + part);
        }
    }

    /// {@return the frame inside the margins, after all axes have been placed in it}
    static Frame place(
            Attributes layout, Map<String, Axis> axes, Margins margins, double width, double height, double fontSize) {
        var frame = new Frame(margins.left(), margins.top(), width - margins.right(), height - margins.bottom());
        var placement = new Placement(layout.object("grid"), axes);
        for (var axis : axes.values()) {
            var domain = placement.domain(axis);
            if (axis.isHorizontal()) {
                axis.place(frame.x(domain.from()), frame.x(domain.to()));
            } else {
                axis.place(frame.y(domain.from()), frame.y(domain.to()));
            }
        }
        return frame;
    }

    private Domain domain(Axis axis) {
        var given = axis.spec().list("domain");
        if (given.size() == 2) {
            return new Domain(Attributes.number(given.get(0), 0), Attributes.number(given.get(1), 1));
        }
        Axis below = axes.get(axis.spec().text("overlaying", ""));
        if (below != null && below != axis) {
            return domain(below);
        }
        int rows = (int) Math.max(1, grid.number("rows", 1));
        int columns = (int) Math.max(1, grid.number("columns", 1));
        if (rows * columns == 1) {
            return Domain.WHOLE;
        }
        boolean independent = grid.is("pattern", "independent");
        if (axis.isHorizontal()) {
            return Domain.part(axis.index() % columns, columns, independent ? 0.25 : 0.1);
        }
        int row = independent ? axis.index() / columns : axis.index();
        boolean fromTop = !grid.is("roworder", "bottom to top");
        int fromBottom = fromTop ? rows - 1 - Math.min(row, rows - 1) : Math.min(row, rows - 1);
        return Domain.part(fromBottom, rows, independent ? 0.4 : 0.1);
    }
}
