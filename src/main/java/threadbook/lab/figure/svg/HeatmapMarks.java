package threadbook.lab.figure.svg;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;

/// A rectangle for each number of a matrix, in the colour of the number; with the scale beside it.
record HeatmapMarks(Trace trace) implements Marks {
    /// Room that the scale takes to the right of the plot, in pixels.
    static final double SCALE_ROOM = 84;

    private static final int SCALE_STEPS = 24;

    @Override
    public void reach() {
        for (int row = 0; row < rows().size(); row++) {
            reach(trace.y(), place(trace.y(), trace.ys(), row), gap(trace.y(), trace.ys()));
            for (int column = 0; column < row(row).size(); column++) {
                reach(trace.x(), place(trace.x(), trace.xs(), column), gap(trace.x(), trace.xs()));
            }
        }
        trace.x().fitTightly();
        trace.y().fitTightly();
    }

    @Override
    public void draw(Canvas canvas) {
        var numbers = numbers();
        double halfWidth = gap(trace.x(), trace.xs()) / 2;
        double halfHeight = gap(trace.y(), trace.ys()) / 2;
        for (int r = 0; r < rows().size(); r++) {
            double y = place(trace.y(), trace.ys(), r);
            for (int c = 0; c < row(r).size(); c++) {
                if (row(r).get(c) instanceof Number number) {
                    double x = place(trace.x(), trace.xs(), c);
                    String color = ColorScale.at(number.doubleValue(), numbers.getMin(), numbers.getMax());
                    var cell = new Path()
                            .rect(
                                    trace.x().pixel(x - halfWidth),
                                    trace.y().pixel(y - halfHeight),
                                    trace.x().pixel(x + halfWidth),
                                    trace.y().pixel(y + halfHeight));
                    canvas.tag("path")
                            .set("d", cell)
                            .set("fill", color)
                            .set("stroke", color) // or hairlines shine through between neighbours
                            .set("stroke-width", 0.5)
                            .empty();
                }
            }
        }
    }

    /// Draws the scale of colours with its lowest and highest number.
    void drawScale(Canvas canvas, double fontSize) {
        if (trace.spec().is("showscale", false) || rows().isEmpty()) {
            return;
        }
        var numbers = numbers();
        double left = trace.x().end() + 16;
        double step = (trace.y().start() - trace.y().end()) / SCALE_STEPS;
        for (int i = 0; i < SCALE_STEPS; i++) {
            String color = ColorScale.at(i, 0, SCALE_STEPS - 1.0);
            canvas.rect(left, trace.y().start() - (i + 1) * step, 18, step + 0.5, color);
        }
        String lowest = NumberText.prefixed(numbers.getMin());
        String highest = NumberText.prefixed(numbers.getMax());
        canvas.text(left + 24, trace.y().start(), lowest, Canvas.Anchor.START, fontSize);
        canvas.text(left + 24, trace.y().end() + fontSize * 0.7, highest, Canvas.Anchor.START, fontSize);
    }

    private List<?> rows() {
        return trace.spec().list("z");
    }

    private List<?> row(int index) {
        return rows().get(index) instanceof List<?> row ? row : List.of();
    }

    private DoubleSummaryStatistics numbers() {
        return rows().stream()
                .flatMap(row -> row instanceof List<?> list ? list.stream() : null)
                .filter(Objects::nonNull)
                .mapToDouble(number -> Attributes.number(number, Double.NaN))
                .filter(Double::isFinite)
                .summaryStatistics();
    }

    private static double place(Axis axis, List<?> names, int index) {
        return names.isEmpty() ? index : axis.coordinate(Attributes.element(names, index));
    }

    private static double gap(Axis axis, List<?> names) {
        return names.size() < 2 ? 1 : Math.abs(place(axis, names, 1) - place(axis, names, 0));
    }

    private static void reach(Axis axis, double place, double gap) {
        axis.reach(place - gap / 2);
        axis.reach(place + gap / 2);
    }
}
