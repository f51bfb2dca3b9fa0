package threadbook.kernel.deadlock;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A ring of threads (round) and locks (square) as SVG: an arrow from a thread to the lock that it waits
/// for, and from a lock to the thread that holds it.
///
/// A picture in an `img`, which an untrusted notebook and an export keep.
final class RingDrawing {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;
    private static final double BOX_WIDTH = 128;
    private static final double BOX_HEIGHT = 34;

    private final List<Label> ring;
    private final String alt;

    /// @param thread  the name of a thread
    /// @param lock    the name of the lock that it waits for, which the next thread holds
    record Label(String thread, String lock) {}

    RingDrawing(List<Label> ring, String alt) {
        this.ring = List.copyOf(ring);
        this.alt = alt;
    }

    /// {@return a figure with the picture inside}
    String html() {
        String data = Base64.getEncoder().encodeToString(svg().getBytes(StandardCharsets.UTF_8));
        return "<figure style=\"margin:0\"><img style=\"max-width:100%%\" alt=\"%s\" src=\"data:image/svg+xml;base64,%s\"></figure><pre>%s</pre>"
                .formatted(escape(alt), data, escape(alt));
    }

    /// {@return the picture}
    String svg() {
        int nodes = ring.size() * 2;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" font-family="sans-serif" font-size="15">
                <title>%s</title>
                <defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#444"/></marker></defs>
                <rect width="%s" height="%s" rx="8" fill="#fff"/>
                """.formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, escape(alt), WIDTH, HEIGHT));
        for (int i = 0; i < nodes; i++) {
            arrow(svg, i, (i + 1) % nodes, i % 2 == 0);
        }
        for (int i = 0; i < nodes; i++) {
            Label label = ring.get(i / 2);
            box(svg, i, i % 2 == 0 ? label.thread() : label.lock(), i % 2 == 0);
        }
        return svg.append("</svg>\n").toString();
    }

    private double x(int node) {
        return WIDTH / 2.0 + (WIDTH - BOX_WIDTH - 40) / 2 * Math.sin(angle(node));
    }

    private double y(int node) {
        return HEIGHT / 2.0 - (HEIGHT - BOX_HEIGHT - 40) / 2 * Math.cos(angle(node));
    }

    private double angle(int node) {
        return 2 * Math.PI * node / (ring.size() * 2);
    }

    /// Waiting is red and dashed, holding is dark: told apart without colours too.
    private void arrow(StringBuilder svg, int from, int to, boolean waits) {
        double dx = x(to) - x(from);
        double dy = y(to) - y(from);
        double start = edge(dx, dy);
        svg.append(numbers(
                """
                <line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2"%s marker-end="url(#head)"/>
                <text x="%.1f" y="%.1f" fill="#444" font-size="13" text-anchor="middle" stroke="#fff" stroke-width="4" paint-order="stroke">%s</text>
                """,
                x(from) + dx * start,
                y(from) + dy * start,
                x(to) - dx * start,
                y(to) - dy * start,
                waits ? "#D55E00" : "#444",
                waits ? " stroke-dasharray=\"6 4\"" : "",
                x(from) + dx / 2,
                y(from) + dy / 2 + 4,
                waits ? "waits for" : "is held by"));
    }

    /// {@return which part of the way from a box's centre lies inside the box}
    private static double edge(double dx, double dy) {
        double horizontal = dx == 0 ? 1 : (BOX_WIDTH / 2 + 4) / Math.abs(dx);
        double vertical = dy == 0 ? 1 : (BOX_HEIGHT / 2 + 4) / Math.abs(dy);
        return Math.min(0.45, Math.min(horizontal, vertical));
    }

    private void box(StringBuilder svg, int node, String label, boolean thread) {
        svg.append(numbers(
                """
                <rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%s" fill="%s" stroke="#444"/>
                <text x="%.1f" y="%.1f" fill="#000" text-anchor="middle">%s</text>
                """,
                x(node) - BOX_WIDTH / 2,
                y(node) - BOX_HEIGHT / 2,
                BOX_WIDTH,
                BOX_HEIGHT,
                thread ? 17 : 2,
                thread ? "#CFE8F7" : "#F7E6C4",
                x(node),
                y(node) + 5,
                escape(shortened(label))));
    }

    /// {@return the text with its values}, numbers as SVG has them wherever the teacher lives
    private static String numbers(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    private static String shortened(String label) {
        return label.length() <= 17 ? label : label.substring(0, 16) + "…";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
