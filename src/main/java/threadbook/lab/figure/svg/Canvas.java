package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/// Writes SVG elements one after the other.
///
/// Lengths are pixels, rounded to a tenth. An element in the colour of text, grid or paper gets the
/// class that the package's page names.
final class Canvas {
    private final StringBuilder out = new StringBuilder();
    private final Ink ink;
    private final String id;
    private final Set<String> defined = new HashSet<>();

    /// The three colours that belong to the page more than to the chart.
    record Ink(String text, String rule, String paper) {}

    /// @param id  begins every id on this canvas, for several pictures may stand in one page
    Canvas(Ink ink, String id) {
        this.ink = ink;
        this.id = id;
    }

    /// {@return an id that no other picture of the page has}
    String id(String name) {
        return id + "-" + name;
    }

    Ink ink() {
        return ink;
    }

    /// {@return whether this is the first time that somebody defines what has the id}
    boolean defines(String id) {
        return defined.add(id);
    }

    /// Writes an element without content.
    ///
    /// @param attributes  name, value, name, value …; a pair whose value is the empty string is left out
    void element(String name, Object... attributes) {
        start(name, attributes);
        out.append("/>");
    }

    /// Writes the start of an element that [#close] ends.
    void open(String name, Object... attributes) {
        start(name, attributes);
        out.append('>');
    }

    void close(String name) {
        out.append("</").append(name).append('>');
    }

    /// Writes text between tags.
    void content(String text) {
        out.append(escape(text));
    }

    /// Writes what is SVG already.
    void markup(String svg) {
        out.append(svg);
    }

    void line(double x0, double y0, double x1, double y1, String color, double width) {
        element(
                "path",
                "d",
                new Path().move(x0, y0).line(x1, y1),
                "stroke",
                color,
                "stroke-width",
                width,
                "fill",
                "none");
    }

    void rect(double x, double y, double width, double height, String fill) {
        element("rect", "x", x, "y", y, "width", width, "height", height, "fill", fill);
    }

    /// Where text stands relative to its point.
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /// Writes one line of text in ink; its marks for bold and italics are kept.
    void text(double x, double y, String text, Anchor anchor, double size) {
        turnedText(x, y, text, anchor, size, 0);
    }

    /// @param degrees  clockwise, about the point
    void turnedText(double x, double y, String text, Anchor anchor, double size, double degrees) {
        open(
                "text",
                "x",
                x,
                "y",
                y,
                "font-size",
                size,
                "fill",
                ink.text(),
                "text-anchor",
                anchor == Anchor.START ? "" : anchor.name().toLowerCase(java.util.Locale.ROOT),
                "transform",
                degrees == 0 ? "" : "rotate(%s %s %s)".formatted(length(degrees), length(x), length(y)));
        markup(RichText.tspans(text));
        close("text");
    }

    private void start(String name, Object... attributes) {
        out.append('<').append(name);
        var classes = new ArrayList<String>();
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            if (value.equals("")) {
                continue;
            }
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(value instanceof Double number ? length(number) : escape(value.toString()));
            out.append('"');
            if (attributes[i].equals("fill") && value.equals(ink.text())) {
                classes.add("chart-ink");
            } else if (attributes[i].equals("fill") && value.equals(ink.paper())) {
                classes.add("chart-paper");
            } else if (attributes[i].equals("stroke") && value.equals(ink.text())) {
                classes.add("chart-stroke");
            } else if (attributes[i].equals("stroke") && value.equals(ink.rule())) {
                classes.add("chart-rule");
            }
        }
        if (!classes.isEmpty()) {
            out.append(" class=\"").append(String.join(" ", classes)).append('"');
        }
    }

    /// {@return a length or coordinate as SVG writes it}
    static String length(double value) {
        if (!Double.isFinite(value)) {
            return "0";
        }
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    static String escape(String text) {
        var safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(isAllowedInXml(c) ? c : '\uFFFD');
            }
        });
        return safe.toString();
    }

    /// XML 1.0 has no way to write most control characters, not even as a reference.
    private static boolean isAllowedInXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
