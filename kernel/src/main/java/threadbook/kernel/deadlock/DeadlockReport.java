package threadbook.kernel.deadlock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import threadbook.kernel.protocol.MimeBundle;

/// A deadlock in words and as a small drawing, for the cell that it happened in.
final class DeadlockReport {
    private final Deadlock deadlock;
    private final LockNames names;

    DeadlockReport(Deadlock deadlock, LockNames names) {
        this.deadlock = deadlock;
        this.names = names;
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
        lines.add("Deadlock: %d threads wait for each other and none can go on."
                .formatted(deadlock.ring().size()));
        int size = deadlock.ring().size();
        for (int i = 0; i < size; i++) {
            var link = deadlock.ring().get(i);
            var held = deadlock.ring().get((i + size - 1) % size).lock();
            lines.add("  %s holds %s and waits for %s%s"
                    .formatted(
                            name(link.waiter().thread()), names.of(held), names.of(link.lock()), place(link.waiter())));
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

    /// Where in the student's code: the innermost frame that a cell wrote.
    private static String place(ThreadView view) {
        return view.stack().stream()
                .filter(frame ->
                        frame.getFileName() != null && frame.getFileName().startsWith("cell "))
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ", line " + frame.getLineNumber() + ")")
                .orElse("");
    }
}
