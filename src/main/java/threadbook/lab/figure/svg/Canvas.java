package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    /// Begins an element: its attributes follow, then [Tag#empty] or [Tag#open].
    Tag tag(String name) {
        return new Tag(name);
    }

    /// Writes the end of an element that [Tag#open] began.
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
        tag("path")
                .set("d", new Path().move(x0, y0).line(x1, y1))
                .set("stroke", color)
                .set("stroke-width", width)
                .set("fill", "none")
                .empty();
    }

    void rect(double x, double y, double width, double height, String fill) {
        tag("rect")
                .set("x", x)
                .set("y", y)
                .set("width", width)
                .set("height", height)
                .set("fill", fill)
                .empty();
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
        tag("text")
                .set("x", x)
                .set("y", y)
                .set("font-size", size)
                .set("fill", ink.text())
                .set("text-anchor", anchor == Anchor.START ? "" : anchor.name().toLowerCase(Locale.ROOT))
                .set("transform", degrees == 0 ? "" : turn(degrees, x, y))
                .open();
        markup(RichText.tspans(text));
        close("text");
    }

    private static String turn(double degrees, double x, double y) {
        return "rotate(%s %s %s)".formatted(length(degrees), length(x), length(y));
    }

    /// An element whose attributes are being collected; it is written when they end, so what stands in an
    /// attribute may itself write to the canvas.
    final class Tag {
        private final StringBuilder start = new StringBuilder();
        private final List<String> classes = new ArrayList<>();

        private Tag(String name) {
            start.append('<').append(name);
        }

        /// Adds an attribute; one whose value is empty is left out.
        Tag set(String name, Object value) {
            String text = value.toString();
            if (!text.isEmpty()) {
                start.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escape(text))
                        .append('"');
                addClass(name, text);
            }
            return this;
        }

        /// Adds an attribute in pixels.
        Tag set(String name, double pixels) {
            return set(name, length(pixels));
        }

        private void addClass(String name, String value) {
            if (name.equals("fill") && value.equals(ink.text())) {
                classes.add("chart-ink");
            } else if (name.equals("fill") && value.equals(ink.paper())) {
                classes.add("chart-paper");
            } else if (name.equals("stroke") && value.equals(ink.text())) {
                classes.add("chart-stroke");
            } else if (name.equals("stroke") && value.equals(ink.rule())) {
                classes.add("chart-rule");
            }
        }

        /// Ends an element without content.
        void empty() {
            end("/>");
        }

        /// Ends the attributes; the content follows, then [Canvas#close].
        void open() {
            end(">");
        }

        private void end(String bracket) {
            if (!classes.isEmpty()) {
                set("class", String.join(" ", classes));
            }
            out.append(start).append(bracket);
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
