package threadbook.lab.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// In which order threads take locks: an edge from one that is held to one that is taken or waited for
/// meanwhile, over all schedules that can be told apart.
///
/// Locks are monitors and `ReentrantLock`s; a semaphore that is used as one has no owner and is not seen.
/// They are told apart by the variables that lead to them; those to which none leads are one, such as
/// "a ReentrantLock".
///
/// @param edges       in the order in which they were seen first
/// @param schedules   how many schedules were run
/// @param exhaustive  whether they stand for all
/// @param deadlock    whether one of them ended in a deadlock
/// @param source      where the edges were seen
public record LockOrder(List<Edge> edges, long schedules, boolean exhaustive, boolean deadlock, Source source) {
    public LockOrder {
        edges = List.copyOf(edges);
    }

    /// In explored schedules.
    public LockOrder(List<Edge> edges, long schedules, boolean exhaustive, boolean deadlock) {
        this(edges, schedules, exhaustive, deadlock, Source.SCHEDULES);
    }

    /// {@return the order seen in one run on this machine}, which other runs may not keep to
    public static LockOrder ofRun(List<Edge> edges, boolean deadlock) {
        return new LockOrder(edges, 1, false, deadlock, Source.RUN);
    }

    /// Where edges come from.
    public enum Source {
        /// Schedules of an exploration.
        SCHEDULES,
        /// One run on real threads.
        RUN
    }

    /// One lock was taken, or waited for, while another was held.
    ///
    /// @param held    the lock that was held
    /// @param taken   the other one
    /// @param thread  by whom
    /// @param source  the text of the line, empty if nobody knows it
    /// @param place   where the other one was taken
    public record Edge(String held, String taken, String thread, String source, String place) {
        private String text() {
            return "%s -> %s: %s, %s".formatted(held, taken, thread, place);
        }
    }

    /// {@return the shortest ring of locks}, as in "a -> b -> a"; empty if there is none
    public String cycle() {
        return String.join(" -> ", ring());
    }

    /// The locks of the shortest ring, the first one again at the end.
    private List<String> ring() {
        List<String> best = List.of();
        for (String start : locks()) {
            List<String> ring = ring(start);
            if (!ring.isEmpty() && (best.isEmpty() || ring.size() < best.size())) {
                best = ring;
            }
        }
        return best;
    }

    private List<String> ring(String start) {
        var from = new HashMap<String, String>();
        var next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String lock = next.poll();
            for (Edge edge : edges) {
                if (!edge.held.equals(lock)) {
                    continue;
                }
                if (edge.taken.equals(start)) {
                    return way(from, start, lock);
                }
                if (from.putIfAbsent(edge.taken, lock) == null) {
                    next.add(edge.taken);
                }
            }
        }
        return List.of();
    }

    private static List<String> way(Map<String, String> from, String start, String last) {
        var way = new ArrayList<>(List.of(start));
        for (String lock = last; lock != null && !lock.equals(start); lock = from.get(lock)) {
            way.addFirst(lock);
        }
        way.addFirst(start);
        return way;
    }

    private Set<String> locks() {
        var locks = new LinkedHashSet<String>();
        edges.forEach(edge -> {
            locks.add(edge.held);
            locks.add(edge.taken);
        });
        return locks;
    }

    private boolean inRing(Edge edge, List<String> ring) {
        for (int i = 0; i + 1 < ring.size(); i++) {
            if (ring.get(i).equals(edge.held) && ring.get(i + 1).equals(edge.taken)) {
                return true;
            }
        }
        return false;
    }

    private String verdict() {
        String looked = looked();
        if (edges.isEmpty()) {
            return "No lock is taken while another is held (%s).".formatted(looked);
        }
        if (cycle().isEmpty()) {
            return "No ring: %s (%s)."
                    .formatted(
                            exhaustive
                                    ? "all threads take the locks in one order, so no ring of locks can come up"
                                    : "none was seen",
                            looked);
        }
        return "A ring: %s. %s%s (%s)."
                .formatted(
                        cycle(),
                        ring().stream().anyMatch(lock -> lock.startsWith("a "))
                                ? "Locks to which no variable leads are not told apart. "
                                : "",
                        ringed(),
                        looked);
    }

    private String looked() {
        return switch (source) {
            case RUN -> "one run on this machine; others may take other ways";
            case SCHEDULES ->
                exhaustive
                        ? "%s for all".formatted(schedules == 1 ? "1 schedule stands" : schedules + " schedules stand")
                        : "%d schedules; there are more".formatted(schedules);
        };
    }

    private String ringed() {
        return switch (source) {
            case RUN ->
                deadlock
                        ? "The run ended in a deadlock"
                        : "The run did not end in a deadlock, but another one may, unless something else keeps the threads apart";
            case SCHEDULES ->
                deadlock
                        ? "A schedule ends in a deadlock: deadlock() shows it"
                        : "No schedule that was run ends in a deadlock; something else keeps the threads apart";
        };
    }

    /// {@return the graph as a picture and in words}
    public Map<String, String> mimeBundle() {
        List<String> ring = ring();
        var rows = new StringBuilder();
        for (Edge edge : edges) {
            rows.append("<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                            Page.escape(edge.held),
                            inRing(edge, ring) ? "stuck" : "",
                            Page.escape(edge.taken) + (inRing(edge, ring) ? " <strong>(ring)</strong>" : ""),
                            Page.escape(edge.thread),
                            ReplayView.source(edge.source, edge.place)));
        }
        String table =
                "<div class=\"wide\"><table><caption>Locks taken while another was held</caption><thead><tr><th scope=\"col\">held</th><th scope=\"col\">then</th><th scope=\"col\">by</th><th scope=\"col\">where</th></tr></thead><tbody>"
                        + rows + "</tbody></table></div>";
        String look = ring.isEmpty() ? exhaustive ? "ok" : "open" : "bad";
        return Page.bundle(
                Page.box(
                        Page.line(look, verdict()),
                        edges.isEmpty() || locks().size() > Drawing.MOST
                                ? ""
                                : Page.picture(drawing(ring).svg(), words()),
                        edges.isEmpty() ? "" : table),
                toString());
    }

    private Drawing drawing(List<String> ring) {
        var drawing = new Drawing(words());
        locks().forEach(drawing::lock);
        var seen = new LinkedHashSet<List<String>>();
        for (Edge edge : edges) {
            if (seen.add(List.of(edge.held, edge.taken))) {
                var by = edges.stream()
                        .filter(one -> one.held.equals(edge.held) && one.taken.equals(edge.taken))
                        .map(Edge::thread)
                        .distinct()
                        .toList();
                String label = by.size() <= 3 ? String.join(", ", by) : by.size() + " threads";
                drawing.before(edge.held, edge.taken, label, inRing(edge, ring));
            }
        }
        return drawing;
    }

    private String words() {
        return "Lock order. " + String.join("; ", edges.stream().map(Edge::text).toList()) + ". " + verdict();
    }

    /// {@return the edges and the ring in words}
    @Override
    public String toString() {
        var text = new StringBuilder();
        edges.forEach(edge -> text.append(edge.text()).append('\n'));
        return text + verdict();
    }
}
