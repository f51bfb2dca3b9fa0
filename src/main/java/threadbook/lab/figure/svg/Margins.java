package threadbook.lab.figure.svg;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The room around the plots, in pixels: for titles, labels and the legend.
record Margins(double left, double right, double top, double bottom) {
    static final double TITLE_TOP = 10;
    static final double LINE_HEIGHT = 1.3; // of the font size
    private static final double EDGE = 14;

    static double titleSize(Attributes layout, double fontSize) {
        return layout.object("title").object("font").number("size", Math.round(fontSize * 1.4));
    }

    /// Measures the texts; what the layout's attribute `margin` says is taken instead.
    static Margins of(Attributes layout, Collection<Axis> axes, Legend legend, List<Marks> marks, double fontSize) {
        double left = EDGE;
        double right = EDGE + 8 + legend.columnWidth();
        for (var axis : axes) {
            if (!axis.isHorizontal()) {
                double room = axis.widestLabel(fontSize) + 8 + titleRoom(axis, fontSize);
                if (isOnTheRight(axis)) {
                    right += room;
                } else {
                    left = Math.max(left, EDGE + room);
                }
            }
        }
        if (marks.stream().anyMatch(HeatmapMarks.class::isInstance)) {
            right += HeatmapMarks.SCALE_ROOM;
        }
        var given = layout.object("margin");
        left = given.number("l", left);
        right = given.number("r", right);
        double room = layout.number("width", 700) - left - right;
        double bottom = 0;
        for (var axis : axes) {
            if (axis.isHorizontal()) {
                axis.place(0, room / Math.max(1, layout.object("grid").number("columns", 1)));
                var labels = XLabels.of(axis, fontSize);
                bottom = Math.max(bottom, labels.depth() + titleRoom(axis, fontSize));
                right = Math.max(right, given.number("r", labels.overhang()));
            }
        }
        int titleLines = layout.title().map(RichText::lines).orElse(List.of()).size();
        double top =
                titleLines == 0 ? EDGE + 6 : TITLE_TOP + titleLines * titleSize(layout, fontSize) * LINE_HEIGHT + 8;
        return new Margins(
                left, right, given.number("t", top + legend.rowsHeight(room)), given.number("b", bottom + EDGE));
    }

    static boolean isOnTheRight(Axis axis) {
        return axis.spec().is("side", "right")
                || axis.spec().has("overlaying") && !axis.spec().is("side", "left");
    }

    /// {@return the room for the axis' title beyond its labels; 0 if it has none}
    static double titleRoom(Axis axis, double fontSize) {
        return axis.spec().title().isEmpty() ? 0 : axis.titleSize(fontSize) * 1.4;
    }

    Map<String, Object> toJson() {
        return Map.of("l", Math.ceil(left), "r", Math.ceil(right), "t", Math.ceil(top), "b", Math.ceil(bottom));
    }
}
