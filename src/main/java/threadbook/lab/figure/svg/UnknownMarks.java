package threadbook.lab.figure.svg;

/// A kind of trace that only plotly.js draws, such as a pie or a violin, or nobody here, such as one in
/// three dimensions: the picture says so.
record UnknownMarks(Trace trace) implements Marks {

    @Override
    public void reach() {
        // nothing is drawn to scale
    }

    @Override
    public void draw(Canvas canvas) {
        double x = (trace.x().start() + trace.x().end()) / 2;
        double y = (trace.y().start() + trace.y().end()) / 2;
        String note = TraceTypes.isLive(trace.type())
                ? "Interactive only: “" + trace.type() + "” is drawn where scripts run."
                : "Not drawn: notebooks have no charts of the type “" + trace.type() + "”.";
        canvas.text(x, y, note, Canvas.Anchor.MIDDLE, 16);
    }
}
