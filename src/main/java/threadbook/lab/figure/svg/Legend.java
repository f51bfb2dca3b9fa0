package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What the colours, dashes and markers mean: a column to the right of the plot or rows above it.
///
/// @param entries   the marks with a name, in order; empty if the legend is not shown
/// @param inRows    whether it stands above the plot
/// @param fontSize  in pixels
record Legend(List<Marks> entries, boolean inRows, double fontSize) {
    private static final double SAMPLE = 38; // width of the sample before a name
    private static final double GAP = 22; // between two entries of a row

    static Legend of(List<Marks> marks, Attributes layout, double fontSize) {
        var entries = new ArrayList<Marks>();
        var groups = new HashSet<String>();
        for (var each : marks) {
            var spec = each.trace().spec();
            boolean first = spec.text("legendgroup").map(groups::add).orElse(true);
            if (!spec.is("showlegend", false) && spec.text("name").isPresent() && first) {
                entries.add(each);
            }
        }
        boolean shown = layout.get("showlegend") instanceof Boolean asked ? asked : entries.size() > 1;
        var legend = layout.object("legend");
        return new Legend(
                shown ? entries : List.of(),
                legend.is("orientation", "h"),
                legend.object("font").number("size", fontSize));
    }

    private static String name(Marks marks) {
        return RichText.plain(marks.trace().spec().text("name", ""));
    }

    private double width(Marks marks) {
        return SAMPLE + RichText.width(name(marks), fontSize);
    }

    private double lineHeight() {
        return fontSize * 1.5;
    }

    /// {@return the width of the column; 0 if there is none}
    double columnWidth() {
        return inRows
                ? 0
                : entries.stream().mapToDouble(each -> width(each) + 16).max().orElse(0);
    }

    /// {@return the height of the rows in a picture with so much room from left to right; 0 if there are none}
    double rowsHeight(double room) {
        return inRows && !entries.isEmpty() ? rows(room).size() * lineHeight() + 4 : 0;
    }

    private List<List<Marks>> rows(double room) {
        var rows = new ArrayList<List<Marks>>();
        double x = Double.POSITIVE_INFINITY;
        for (var entry : entries) {
            if (x + width(entry) > room) {
                rows.add(new ArrayList<>());
                x = 0;
            }
            rows.getLast().add(entry);
            x += width(entry) + GAP;
        }
        return rows;
    }

    /// @param right  where a column begins, in pixels
    void draw(Canvas canvas, Frame frame, double right) {
        if (inRows) {
            var rows = rows(frame.right() - frame.left());
            double y = frame.top() - 6 - (rows.size() - 0.5) * lineHeight();
            for (var row : rows) {
                double x = frame.left();
                for (var entry : row) {
                    entry(canvas, entry, x, y);
                    x += width(entry) + GAP;
                }
                y += lineHeight();
            }
        } else {
            double y = frame.top() + lineHeight() / 2;
            for (var entry : entries) {
                entry(canvas, entry, right, y);
                y += lineHeight();
            }
        }
    }

    private void entry(Canvas canvas, Marks marks, double x, double y) {
        sample(canvas, marks, x, y);
        canvas.text(x + SAMPLE, y + fontSize * 0.35, name(marks), Canvas.Anchor.START, fontSize);
    }

    private static void sample(Canvas canvas, Marks marks, double x, double y) {
        var trace = marks.trace();
        switch (marks) {
            case ScatterMarks scatter -> {
                if (scatter.mode().contains("lines")) {
                    canvas.tag("path")
                            .set("d", new Path().move(x, y).horizontal(x + 32))
                            .set("stroke", trace.line().text("color", trace.color()))
                            .set("stroke-width", Math.min(6, trace.line().number("width", 2)))
                            .set("stroke-dasharray", Dash.array(trace.line()))
                            .set("fill", "none")
                            .empty();
                }
                if (scatter.mode().contains("markers")) {
                    double size = Math.min(12, Attributes.number(trace.marker().at("size", 0), 6));
                    String symbol = trace.marker().at("symbol", 0) instanceof String name ? name : "circle";
                    Symbol.draw(canvas, x + 16, y, size, symbol, trace.color(0), "");
                }
            }
            case BarMarks bars -> bars.drawSample(canvas, x + 10, y - 7, 14);
            case BoxMarks _, HeatmapMarks _, UnknownMarks _ -> canvas.rect(x + 10, y - 7, 14, 14, trace.color());
        }
    }
}
