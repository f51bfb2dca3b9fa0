package threadbook.lab.trace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.lab.figure.Html;

/// A timeline as SVG: a row for each thread, below them one for each lock and semaphore, and arrows from who let
/// somebody go on to whom.
///
/// It stands on a white card of its own, in light and in dark: a picture in an `img` cannot see the page.
final class LanePicture {
    /// Further threads are folded into one row.
    static final int MOST_LANES = 32;

    private static final int MOST_GUARDS = 4;
    private static final int MOST_ARROWS = 60;
    private static final int WIDTH = 900;
    private static final int RIGHT = 20;
    private static final int TOP = 64; // title and legend
    private static final int GAP = 5;
    private static final int NAME = 18; // letters of a name that fit
    private static final int FINE = 2; // columns in a pixel
    private static final double LETTER = 15; // pixels that a stretch with a letter in it has at least
    private static final String FONT = "font-family=\"'Open Sans',verdana,arial,sans-serif\"";

    private final Timeline timeline;
    private final StringBuilder svg = new StringBuilder();
    private final List<Lane> shown;
    private final List<Lane> folded;
    private final List<Guard> guards;
    private final int row;
    private final int left;
    private final double scale; // pixels for a nanosecond

    LanePicture(Timeline timeline) {
        this.timeline = timeline;
        List<Lane> lanes = timeline.lanes();
        int most = lanes.size() <= MOST_LANES ? lanes.size() : MOST_LANES - 1;
        shown = lanes.subList(0, most);
        folded = lanes.subList(most, lanes.size());
        guards = timeline.guards()
                .subList(0, Math.min(MOST_GUARDS, timeline.guards().size()));
        row = shown.size() <= 12 ? 24 : 15;
        int longest = Math.max(
                shown.stream().mapToInt(lane -> lane.name().length()).max().orElse(0),
                guards.stream().mapToInt(guard -> label(guard).length()).max().orElse(0));
        left = 24 + (int) (7.2 * Math.min(NAME, Math.max(longest, folded.isEmpty() ? 0 : 12)));
        scale = (WIDTH - RIGHT - left) / (double) Math.max(1, timeline.length());
    }

    String svg() {
        int rows = shown.size() + (folded.isEmpty() ? 0 : 1) + guards.size();
        int bottom = TOP + rows * (row + GAP) + (guards.isEmpty() ? 0 : 8);
        int height = bottom + 42;
        String alt = Html.escape(TimelineView.alt(timeline));
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" viewBox="0 0 %d %d" width="%d" height="%d" %s font-size="12" fill="#333">\
                <title>%s</title><rect width="%d" height="%d" rx="8" fill="#fff"/>""".formatted(alt, WIDTH, height, WIDTH, height, FONT, alt, WIDTH, height));
        text(left, 22, "start", 16, TimelineView.title(timeline));
        legend();
        axis(bottom);
        for (int i = 0; i < shown.size(); i++) {
            lane(shown.get(i), top(i));
        }
        if (!folded.isEmpty()) {
            fold(top(shown.size()));
        }
        for (int i = 0; i < guards.size(); i++) {
            guard(guards.get(i), top(rows - guards.size() + i) + 8);
        }
        arrows();
        return svg.append("</svg>").toString();
    }

    private int top(int index) {
        return TOP + index * (row + GAP);
    }

    private double x(long nanos) {
        return left + nanos * scale;
    }

    private void legend() {
        double x = left;
        double all = Math.max(
                1,
                timeline.lanes().stream()
                        .mapToLong(lane -> lane.end() - lane.begin())
                        .sum());
        for (State state : State.values()) {
            double share = timeline.millis(state) * 1e6 / all;
            if (share >= 0.001) {
                String words = "%s %s".formatted(state, percent(share));
                svg.append("<rect x=\"%s\" y=\"34\" width=\"15\" height=\"15\" fill=\"%s\"/>"
                        .formatted(number(x), state.color()));
                letter(state, x + 7.5, 46);
                text(x + 19, 46, "start", 12, words);
                x += 34 + 6.4 * words.length();
            }
        }
    }

    private static String percent(double share) {
        return share < 0.005 ? "<1%" : "%.0f%%".formatted(100 * share);
    }

    private void axis(int bottom) {
        double unit = timeline.length() < 1_000_000 ? 1e3 : timeline.length() < 10_000_000_000L ? 1e6 : 1e9;
        String name = unit == 1e3 ? "µs" : unit == 1e6 ? "ms" : "s";
        double step = nice(timeline.length() / unit / 8);
        for (double at = 0; at * unit <= timeline.length() && step > 0; at += step) {
            double x = x((long) (at * unit));
            svg.append("<path d=\"M%s %dV%d\" stroke=\"#ddd\"/>".formatted(number(x), TOP - 5, bottom));
            text(x, bottom + 16, "middle", 12, step < 1 ? number(at) : "%.0f".formatted(at));
        }
        text((left + WIDTH - RIGHT) / 2.0, bottom + 34, "middle", 12, name);
    }

    private static double nice(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(rough, 1e-3))));
        for (double each : new double[] {1, 2, 5}) {
            if (each * power >= rough) {
                return each * power;
            }
        }
        return 10 * power;
    }

    private void lane(Lane lane, int y) {
        text(left - 8, y + row / 2.0 + 4, "end", 12, cut(lane.name()));
        List<@Nullable State> columns = Columns.of(lane, timeline.length(), FINE * (WIDTH - RIGHT - left));
        int from = 0;
        for (int i = 1; i <= columns.size(); i++) {
            State state = columns.get(from);
            if (i == columns.size() || columns.get(i) != state) {
                if (state != null) {
                    stretch(state, from / (double) FINE, (i - from) / (double) FINE, y);
                }
                from = i;
            }
        }
    }

    private void stretch(State state, double from, double width, int y) {
        svg.append("<path d=\"M%s %dh%sv%dh-%sz\" fill=\"%s\"/>"
                .formatted(number(left + from), y, number(width), row, number(width), state.color()));
        if (width >= LETTER) {
            letter(state, left + from + width / 2, y + row / 2.0 + 4);
        }
    }

    private void letter(State state, double x, double y) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" font-size=\"11\" font-weight=\"bold\" fill=\"%s\">%s</text>"
                        .formatted(number(x), number(y), state.isDark() ? "#fff" : "#111", state.letter()));
    }

    /// How many of the threads that have no row of their own are at work, as an area.
    private void fold(int y) {
        int columns = WIDTH - RIGHT - left;
        double[] atWork = new double[columns];
        for (Lane lane : folded) {
            for (Segment each : lane.segments()) {
                if (each.state().isAtWork()) {
                    add(atWork, each.begin() * scale, each.end() * scale, 1);
                }
            }
        }
        double most = Arrays.stream(atWork).max().orElse(0);
        area(atWork, Math.max(1, most), y, State.RUNNING.color());
        text(left - 8, y + row / 2.0 + 4, "end", 12, "%d more".formatted(folded.size()));
        String words =
                "%d more threads, folded: how many have something to do, at most %.0f".formatted(folded.size(), most);
        outlined(left + 6, y + row - 5, words);
    }

    private static String label(Guard guard) {
        return guard.permits() > 1
                ? "%s: %d of %d".formatted(guard.name(), guard.peak(), guard.permits())
                : guard.name();
    }

    /// How much of a lock or semaphore is taken, as an area.
    private void guard(Guard guard, int y) {
        double[] taken = new double[WIDTH - RIGHT - left];
        long from = 0;
        int now = 0;
        for (Guard.Step step : guard.steps()) {
            add(taken, from * scale, step.time() * scale, Math.min(now, guard.permits()));
            from = step.time();
            now = step.taken();
        }
        add(taken, from * scale, timeline.length() * scale, Math.min(now, guard.permits()));
        text(left - 8, y + row / 2.0 + 4, "end", 12, cut(label(guard)));
        svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f4f4f4\"/>"
                .formatted(left, y, taken.length, row));
        area(taken, guard.permits(), y, "#777");
    }

    private static void add(double[] columns, double from, double to, double much) {
        for (int i = Math.max(0, (int) from); i < columns.length && i < to; i++) {
            columns[i] += much * (Math.min(to, i + 1.0) - Math.max(from, i));
        }
    }

    private void area(double[] columns, double most, int y, String color) {
        var path = new StringBuilder("M%d %d".formatted(left, y + row));
        double last = -1;
        for (int i = 0; i < columns.length; i++) {
            double height = Math.round(row * Math.min(1, columns[i] / most) * 2) / 2.0;
            if (height != last) {
                path.append("H%d V%s".formatted(left + i, number(y + row - height)));
                last = height;
            }
        }
        svg.append("<path d=\"%sH%d V%dz\" fill=\"%s\"/>".formatted(path, left + columns.length, y + row, color));
    }

    private void arrows() {
        var rows = new HashMap<String, Integer>();
        for (int i = 0; i < shown.size(); i++) {
            rows.putIfAbsent(shown.get(i).name(), i);
        }
        record Arrow(int from, int to, double x) {}
        var arrows = new java.util.ArrayList<Arrow>();
        for (Map.Entry<String, Integer> each : rows.entrySet()) {
            for (Segment segment : shown.get(each.getValue()).segments()) {
                Integer from = rows.get(segment.by());
                if (from != null && !from.equals(each.getValue()) && segment.length() * scale >= 1) {
                    arrows.add(new Arrow(from, each.getValue(), x(segment.end())));
                }
            }
        }
        if (arrows.size() > MOST_ARROWS) {
            return; // they would hide what they explain; the table has them
        }
        for (Arrow arrow : arrows) {
            double start = top(arrow.from) + row / 2.0;
            double end = arrow.to > arrow.from ? top(arrow.to) : top(arrow.to) + row;
            double back = arrow.to > arrow.from ? -5 : 5;
            svg.append("<path d=\"M%s %sV%sM%s %sl3 %sh-6z\" stroke=\"#111\" stroke-width=\"1\" fill=\"#111\"/>"
                    .formatted(
                            number(arrow.x), number(start), number(end), number(arrow.x), number(end), number(back)));
        }
    }

    private void text(double x, double y, String anchor, int size, String words) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\">%s</text>"
                .formatted(number(x), number(y), anchor, size, Html.escape(words)));
    }

    private void outlined(double x, double y, String words) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" font-size=\"11\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">%s</text>"
                        .formatted(number(x), number(y), Html.escape(words)));
    }

    private static String cut(String name) {
        return name.length() <= NAME ? name : name.substring(0, NAME - 1) + "…";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
