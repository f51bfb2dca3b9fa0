package threadbook.lab.figure.svg;

/// A kind of trace that only plotly.js draws, such as a pie or a violin: the picture says so.
record UnknownMarks(Trace trace) implements Marks {

    @Override
    public void reach() {
        // nothing is drawn to scale
    }

    @Override
    public void draw(Canvas canvas) {
        double x = (trace.x().start() + trace.x().end()) / 2;
        double y = (trace.y().start() + trace.y().end()) / 2;
        String note = "Interactive only: “" + trace.type() + "” is drawn where scripts run.";
        canvas.text(x, y, note, Canvas.Anchor.MIDDLE, 16);
    }
}
