package threadbook.kernel.deadlock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import threadbook.kernel.protocol.MimeBundle;

/// A deadlock in words and as a small drawing, for the cell that it happened in.
final class DeadlockReport {
    private final Deadlock deadlock;
    private final LockNames names;
    private final LockSites sites;

    DeadlockReport(Deadlock deadlock, LockNames names, LockSites sites) {
        this.deadlock = deadlock;
        this.names = names;
        this.sites = sites;
    }

    /// {@return the text and the drawing; the drawing's text alternative is the text}
    MimeBundle bundle() {
        String text = text();
        var data = new LinkedHashMap<String, String>();
        data.put("text/html", new RingDrawing(labels(), text).html());
        data.put("text/plain", text);
        return new MimeBundle(data);
    }

    /// One line a thread: what it holds, what it waits for, where.
    String text() {
        var lines = new ArrayList<String>();
        lines.add("Deadlock: %s threads wait for each other and none can go on."
                .formatted(deadlock.ring().size()));
        int size = deadlock.ring().size();
        for (int i = 0; i < size; i++) {
            var link = deadlock.ring().get(i);
            var held = deadlock.ring().get((i + size - 1) % size).lock();
            String heldName = names.of(held);
            lines.add("  %s holds %s%s and waits for %s%s"
                    .formatted(
                            name(link.waiter().thread()),
                            heldName,
                            sites.taken(link.waiter(), held, heldName)
                                    .map(place -> " (taken in %s, line %s)".formatted(place.file(), place.line()))
                                    .orElse(""),
                            names.of(link.lock()),
                            sites.waits(link.waiter())
                                    .map(place -> " (in %s, line %s)".formatted(place.file(), place.line()))
                                    .orElse("")));
        }
        lines.add("Interrupt the cell to go on: the threads are given up, the variables stay.");
        return String.join("\n", lines);
    }

    private List<RingDrawing.Label> labels() {
        return deadlock.ring().stream()
                .map(link -> new RingDrawing.Label(name(link.waiter().thread()), names.of(link.lock())))
                .toList();
    }

    static String name(Thread thread) {
        if (!thread.getName().isEmpty()) {
            return thread.getName();
        }
        return "virtual thread #" + thread.threadId();
    }
}
