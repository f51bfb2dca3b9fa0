package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Boxes on a ring and arrows between them, as SVG. Looks like the kernel's drawing of a deadlock.
///
/// It stands on a white card of its own, in light and in dark: a picture in an `img` cannot see the page.
final class Drawing {
    /// More boxes cannot be read.
    static final int MOST = 14;

    private static final int WIDTH = 600;
    private static final double BOX_WIDTH = 132;
    private static final double BOX_HEIGHT = 34;
    private static final int LABEL = 17; // chars that fit into a box
    private static final double BEND = 46; // of an arrow, so that two between the same boxes lie apart

    private record Arrow(String from, String to, String label, boolean strong) {}

    private final String alt;
    private final Map<String, Boolean> boxes = new LinkedHashMap<>(); // label: whether it is round
    private final List<Arrow> arrows = new ArrayList<>();
    private boolean bent;

    /// @param alt  what is drawn, in words
    Drawing(String alt) {
        this.alt = alt;
    }

    /// A round box.
    Drawing thread(String key) {
        boxes.putIfAbsent("thread " + key, true);
        return this;
    }

    /// A square box.
    Drawing lock(String key) {
        boxes.putIfAbsent("lock " + key, false);
        return this;
    }

    /// A red and dashed arrow from a thread to what it waits for.
    Drawing waits(String thread, String lock) {
        arrows.add(new Arrow("thread " + thread, "lock " + lock, "waits for", true));
        return this;
    }

    /// An arrow from what a thread holds to the thread.
    Drawing held(String lock, String thread) {
        arrows.add(new Arrow("lock " + lock, "thread " + thread, "is held by", false));
        return this;
    }

    /// An arrow from one lock to another that is taken after it; red and dashed if it is strong.
    Drawing before(String first, String second, String label, boolean strong) {
        bent = true;
        arrows.add(new Arrow("lock " + first, "lock " + second, label, strong));
        return this;
    }

    private int height() {
        return boxes.size() <= 6 ? 320 : 320 + 46 * (boxes.size() - 6);
    }

    /// {@return the picture}
    String svg() {
        var svg = new StringBuilder();
        svg.append(format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="15">
                <title>%s</title>
                <defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#444"/></marker></defs>
                <rect width="%d" height="%d" rx="8" fill="#fff"/>
                """, WIDTH, height(), WIDTH, height(), Page.escape(alt), WIDTH, height()));
        arrows.forEach(arrow -> line(svg, arrow));
        boxes.forEach((key, round) -> box(svg, key, round));
        arrows.forEach(arrow -> label(svg, arrow));
        return svg.append("</svg>\n").toString();
    }

    private double angle(String key) {
        return 2 * Math.PI * List.copyOf(boxes.keySet()).indexOf(key) / boxes.size();
    }

    private double x(String key) {
        return WIDTH / 2.0 + (WIDTH - BOX_WIDTH - 40) / 2 * Math.sin(angle(key));
    }

    private double y(String key) {
        return height() / 2.0 - (height() - BOX_HEIGHT - 40) / 2 * Math.cos(angle(key));
    }

    private record Point(double x, double y) {
        /// {@return the edge of the box around this on the way to another point}
        Point edge(Point other) {
            double dx = other.x - x;
            double dy = other.y - y;
            double horizontal = dx == 0 ? 1 : (BOX_WIDTH / 2 + 4) / Math.abs(dx);
            double vertical = dy == 0 ? 1 : (BOX_HEIGHT / 2 + 4) / Math.abs(dy);
            double part = Math.min(0.9, Math.min(horizontal, vertical));
            return new Point(x + dx * part, y + dy * part);
        }
    }

    private Point centre(String key) {
        return new Point(x(key), y(key));
    }

    /// {@return the point that pulls the arrow to one side}
    private Point control(Arrow arrow) {
        Point from = centre(arrow.from);
        Point to = centre(arrow.to);
        double length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
        double bend = bent ? 2 * BEND / length : 0;
        return new Point((from.x + to.x) / 2 - (to.y - from.y) * bend, (from.y + to.y) / 2 + (to.x - from.x) * bend);
    }

    private void line(StringBuilder svg, Arrow arrow) {
        Point control = control(arrow);
        Point start = centre(arrow.from).edge(control);
        Point end = centre(arrow.to).edge(control);
        svg.append(format(
                """
                <path d="M%.1f %.1f Q%.1f %.1f %.1f %.1f" fill="none" stroke="%s" stroke-width="2"%s marker-end="url(#head)"/>
                """,
                start.x,
                start.y,
                control.x,
                control.y,
                end.x,
                end.y,
                arrow.strong ? "#D55E00" : "#444",
                arrow.strong ? " stroke-dasharray=\"6 4\"" : ""));
    }

    private void label(StringBuilder svg, Arrow arrow) {
        Point control = control(arrow);
        double x = (x(arrow.from) + x(arrow.to)) / 4 + control.x / 2;
        double y = (y(arrow.from) + y(arrow.to)) / 4 + control.y / 2;
        svg.append(format("""
                <text x="%.1f" y="%.1f" fill="#444" font-size="13" text-anchor="middle" stroke="#fff" stroke-width="4" paint-order="stroke">%s</text>
                """, x, y + 4, Page.escape(arrow.label)));
    }

    private void box(StringBuilder svg, String key, boolean round) {
        String label = key.substring(key.indexOf(' ') + 1);
        svg.append(format(
                """
                <rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%d" fill="%s" stroke="#444"/>
                <text x="%.1f" y="%.1f" fill="#000" text-anchor="middle">%s</text>
                """,
                x(key) - BOX_WIDTH / 2,
                y(key) - BOX_HEIGHT / 2,
                BOX_WIDTH,
                BOX_HEIGHT,
                round ? 17 : 2,
                round ? "#CFE8F7" : "#F7E6C4",
                x(key),
                y(key) + 5,
                Page.escape(label.length() <= LABEL ? label : label.substring(0, LABEL - 1) + "…")));
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
