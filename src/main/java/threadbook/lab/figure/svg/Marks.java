package threadbook.lab.figure.svg;

/// What one trace puts on the picture.
sealed interface Marks permits ScatterMarks, BarMarks, BoxMarks, HeatmapMarks, UnknownMarks {

    Trace trace();

    /// Tells the axes what their ranges must hold; called once for every trace, in order, before any is drawn.
    void reach();

    /// Draws; called when the axes have their ranges and places.
    void draw(Canvas canvas);
}
