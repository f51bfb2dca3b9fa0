package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Threads that wait for ever, and the ring in which they wait for each other, if there is one.
///
/// @param waits  one for each thread that waits
public record WaitForGraph(List<Replay.Wait> waits) {
    private static final String NO_RING =
            "No ring of locks: they wait for something that nobody is left to do, such as notify or release.";

    public WaitForGraph {
        waits = List.copyOf(waits);
    }

    /// {@return the ring of those who wait for each other}, as in "A -> b -> B -> a -> A"; without a ring,
    /// who waits for what, as in "A -> latch"
    public String text() {
        List<Replay.Wait> ring = ring();
        if (ring.isEmpty()) {
            return String.join(
                    "; ",
                    waits.stream()
                            .map(wait -> wait.thread() + " -> " + named(wait))
                            .toList());
        }
        var text = new StringBuilder();
        ring.forEach(wait ->
                text.append(wait.thread()).append(" -> ").append(named(wait)).append(" -> "));
        return text.append(ring.getFirst().thread()).toString();
    }

    private static String named(Replay.Wait wait) {
        return wait.object().isEmpty() ? wait.verb() : wait.object();
    }

    /// {@return the waits of which each is for what the next one's thread holds}; empty if there is no ring
    public List<Replay.Wait> ring() {
        for (Replay.Wait start : waits) {
            var way = new ArrayList<Replay.Wait>();
            if (closes(start, start.thread(), way)) {
                return way;
            }
        }
        return List.of();
    }

    private boolean closes(Replay.Wait at, String start, List<Replay.Wait> way) {
        if (way.contains(at)) {
            return false;
        }
        way.add(at);
        for (String holder : at.holders()) {
            if (holder.equals(start)) {
                return true;
            }
            Optional<Replay.Wait> next = waitOf(holder);
            if (next.isPresent() && closes(next.get(), start, way)) {
                return true;
            }
        }
        way.removeLast();
        return false;
    }

    private Optional<Replay.Wait> waitOf(String thread) {
        return waits.stream().filter(wait -> wait.thread().equals(thread)).findFirst();
    }

    /// {@return that there is no ring, as a line of text}; empty if there is one
    public String remark() {
        return ring().isEmpty() ? NO_RING + "\n" : "";
    }

    /// {@return the ring as a picture, as html}; without a ring, who waits for what
    public String picture() {
        return Page.picture(drawing().svg(), words());
    }

    /// {@return each wait in words, as html}
    public String said() {
        var html = new StringBuilder();
        waits.forEach(wait -> html.append(Page.line("", wait.text() + ", for ever")));
        return ring().isEmpty() ? html + Page.remark(NO_RING) : html.toString();
    }

    private String words() {
        var texts = waits.stream().map(Replay.Wait::text).toList();
        return "Deadlock: " + text() + ". " + String.join("; ", texts) + ".";
    }

    private Drawing drawing() {
        var drawing = new Drawing(words());
        List<Replay.Wait> ring = ring();
        List<Replay.Wait> drawn = ring.isEmpty() ? waits : ring;
        for (Replay.Wait wait : drawn.subList(0, Math.min(drawn.size(), Drawing.MOST / 2))) {
            drawing.thread(wait.thread()).lock(named(wait)).waits(wait.thread(), named(wait));
        }
        for (int i = 0; i < ring.size() && ring.size() <= Drawing.MOST / 2; i++) {
            drawing.held(named(ring.get(i)), ring.get((i + 1) % ring.size()).thread());
        }
        return drawing;
    }
}
