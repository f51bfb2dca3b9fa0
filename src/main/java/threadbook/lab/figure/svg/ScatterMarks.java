package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Points, lines between them, the area under them, their error bars and texts.
record ScatterMarks(Trace trace) implements Marks {
    private static final int MARKERS_UP_TO = 20; // plotly draws markers by itself on fewer points than this

    /// A point in pixels; NaN where a value is missing.
    private record Spot(double x, double y) {
        boolean isMissing() {
            return Double.isNaN(x) || Double.isNaN(y);
        }
    }

    @Override
    public void reach() {
        for (int i = 0; i < size(); i++) {
            trace.x().reach(trace.x().coordinate(x(i)));
            trace.y()
                    .reach(trace.y().coordinate(trace.ys().isEmpty() ? (Object) i : Attributes.element(trace.ys(), i)));
            errorX(i).ifPresent(bar -> bar.reach(trace.x()));
            errorY(i).ifPresent(bar -> bar.reach(trace.y()));
        }
        if (hasArea()) {
            trace.y().beginAtZero();
        }
        if (mode().contains("markers")) {
            trace.x().keepAir();
        } else {
            trace.x().fitTightly();
        }
    }

    @Override
    public void draw(Canvas canvas) {
        var spots = new ArrayList<Spot>();
        for (int i = 0; i < size(); i++) {
            Object y = trace.ys().isEmpty() ? (Object) i : Attributes.element(trace.ys(), i);
            spots.add(new Spot(trace.x().pixelOf(x(i)), trace.y().pixelOf(y)));
        }
        if (hasArea()) {
            canvas.tag("path")
                    .set("d", area(spots))
                    .set("fill", trace.spec().text("fillcolor", trace.color()))
                    .set("fill-opacity", trace.spec().has("fillcolor") ? "" : "0.5")
                    .empty();
        }
        errorBars(canvas, spots);
        if (mode().contains("lines")) {
            canvas.tag("path")
                    .set("d", line(spots))
                    .set("fill", "none")
                    .set("stroke", trace.line().text("color", trace.color()))
                    .set("stroke-width", trace.line().number("width", 2))
                    .set("stroke-dasharray", Dash.array(trace.line()))
                    .set("stroke-linejoin", "round")
                    .empty();
        }
        if (mode().contains("markers")) {
            markers(canvas, spots);
        }
        if (mode().contains("text")) {
            texts(canvas, spots);
        }
    }

    String mode() {
        return trace.spec().text("mode", size() < MARKERS_UP_TO ? "lines+markers" : "lines");
    }

    private boolean hasArea() {
        String fill = trace.spec().text("fill", "none");
        return fill.equals("tozeroy") || fill.equals("tonexty");
    }

    private int size() {
        return Math.max(trace.xs().size(), trace.ys().size());
    }

    private @Nullable Object x(int point) {
        return trace.xs().isEmpty() ? (Object) point : Attributes.element(trace.xs(), point);
    }

    private Optional<ErrorBar> errorY(int point) {
        return ErrorBar.of(
                trace.spec().object("error_y"),
                Attributes.number(Attributes.element(trace.ys(), point), Double.NaN),
                point);
    }

    private Optional<ErrorBar> errorX(int point) {
        return ErrorBar.of(
                trace.spec().object("error_x"),
                Attributes.number(Attributes.element(trace.xs(), point), Double.NaN),
                point);
    }

    private void errorBars(Canvas canvas, List<Spot> spots) {
        for (int i = 0; i < spots.size(); i++) {
            var spot = spots.get(i);
            if (!spot.isMissing()) {
                errorY(i)
                        .ifPresent(bar ->
                                bar.draw(canvas, trace.spec().object("error_y"), trace.y(), spot.x(), trace.color()));
                errorX(i)
                        .ifPresent(bar ->
                                bar.draw(canvas, trace.spec().object("error_x"), trace.x(), spot.y(), trace.color()));
            }
        }
    }

    private Path line(List<Spot> spots) {
        var path = new Path();
        boolean connect = trace.spec().is("connectgaps", true);
        Spot last = new Spot(Double.NaN, Double.NaN);
        for (var spot : spots) {
            if (spot.isMissing()) {
                last = connect ? last : spot;
            } else {
                if (last.isMissing()) {
                    path.move(spot.x(), spot.y());
                } else {
                    step(path, last, spot);
                }
                last = spot;
            }
        }
        return path;
    }

    private void step(Path path, Spot from, Spot to) {
        switch (trace.line().text("shape", "linear")) {
            case "hv" -> path.horizontal(to.x()).vertical(to.y());
            case "vh" -> path.vertical(to.y()).horizontal(to.x());
            case "hvh" ->
                path.horizontal((from.x() + to.x()) / 2).vertical(to.y()).horizontal(to.x());
            case "vhv" ->
                path.vertical((from.y() + to.y()) / 2).horizontal(to.x()).vertical(to.y());
            default -> path.line(to.x(), to.y());
        }
    }

    /// The area down to zero, one piece for each run of points without a gap.
    private Path area(List<Spot> spots) {
        double zero = trace.y().kind() == Axis.Kind.LINEAR
                ? trace.y().pixel(0)
                : trace.y().start();
        var path = new Path();
        int from = 0;
        for (int i = 0; i <= spots.size(); i++) {
            if (i == spots.size() || spots.get(i).isMissing()) {
                if (i > from) {
                    path.move(spots.get(from).x(), zero);
                    path.line(spots.get(from).x(), spots.get(from).y());
                    for (int k = from + 1; k < i; k++) {
                        step(path, spots.get(k - 1), spots.get(k));
                    }
                    path.vertical(zero).close();
                }
                from = i + 1;
            }
        }
        return path;
    }

    private void markers(Canvas canvas, List<Spot> spots) {
        var marker = trace.marker();
        double opacity = marker.number("opacity", marker.get("size") instanceof List ? 0.7 : 1); // bubbles overlap
        if (opacity < 1) {
            canvas.tag("g").set("opacity", Double.toString(opacity)).open();
        }
        for (int i = 0; i < spots.size(); i++) {
            if (!spots.get(i).isMissing()) {
                Symbol.draw(
                        canvas,
                        spots.get(i).x(),
                        spots.get(i).y(),
                        Attributes.number(marker.at("size", i), 6),
                        marker.at("symbol", i) instanceof String symbol ? symbol : "circle",
                        trace.color(i),
                        marker.object("line").text("color", ""));
            }
        }
        if (opacity < 1) {
            canvas.close("g");
        }
    }

    private void texts(Canvas canvas, List<Spot> spots) {
        for (int i = 0; i < spots.size(); i++) {
            if (!spots.get(i).isMissing() && trace.spec().at("text", i) instanceof String text) {
                canvas.text(spots.get(i).x(), spots.get(i).y() - 8, text, Canvas.Anchor.MIDDLE, 14);
            }
        }
    }
}
