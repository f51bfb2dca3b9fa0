package threadbook.lab.process;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import threadbook.lab.figure.Html;
import threadbook.runtime.Screen;

/// A bar under the cell that made it, which shows how far something has come. Any thread may move it.
///
/// It is drawn at most five times a second, and the last state always. What runs in another process tells its state
/// through a channel.
///
/// ```java
/// var bar = progress("report", 100);
/// times(100, () -> { sleep(10); bar.step(); });
/// ```
public final class Progress {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int CELLS = 20;

    private final String name;
    private final long total;
    private final CellOutput output = CellOutput.ofCurrentThread();

    // Guarded by this.
    private long done;
    private long drawn = System.nanoTime();
    private boolean planned;
    private final AtomicReference<@Nullable String> id = new AtomicReference<>();

    private Progress(String name, long total) {
        this.name = name;
        this.total = total;
        id.set(Screen.current().display(state()));
    }

    /// {@return a bar, shown at 0}
    ///
    /// @param total  what it will come to, at least 1
    public static Progress of(String name, long total) {
        if (total < 1) {
            throw new IllegalArgumentException("progress needs a total of at least 1, found " + total);
        }
        return new Progress(name, total);
    }

    /// Moves the bar.
    ///
    /// @param now  0 to the total; what lies outside counts as the nearer end
    public void set(long now) {
        boolean draw = false;
        long wait = 0;
        synchronized (this) {
            done = Math.clamp(now, 0, total);
            long since = System.nanoTime() - drawn;
            if (since >= PAUSE || done == total) {
                draw = true;
                drawn = System.nanoTime();
            } else if (!planned) {
                planned = true;
                wait = PAUSE - since;
            }
        }
        if (draw) {
            draw();
        } else if (wait > 0) {
            drawAfter(wait);
        }
    }

    /// Moves the bar by one.
    public void step() {
        long next;
        synchronized (this) {
            next = done + 1;
            done = Math.min(next, total);
        }
        set(next);
    }

    private void drawAfter(long nanos) {
        Thread.ofVirtual()
                .name("progress")
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    try {
                        TimeUnit.NANOSECONDS.sleep(nanos);
                    } catch (InterruptedException _) {
                        // drawn at once
                    }
                    synchronized (this) {
                        planned = false;
                        drawn = System.nanoTime();
                    }
                    draw();
                });
    }

    private void draw() {
        String shown = id.get();
        if (shown != null) {
            output.run(() -> Screen.current().update(shown, state()));
        }
    }

    private synchronized State state() {
        return new State(name, done, total);
    }

    @Override
    public String toString() {
        return state().toString();
    }

    /// What the bar shows at one moment.
    ///
    /// @param done   0 to the total
    /// @param total  at least 1
    public record State(String name, long done, long total) {

        /// {@return the bar as html and as text}
        public Map<String, String> mimeBundle() {
            String html = "<div><label>%s <progress value=\"%d\" max=\"%d\">%d %%</progress> %d of %d</label></div>"
                    .formatted(Html.escape(name), done, total, 100 * done / total, done, total);
            return Map.of("text/html", html, "text/plain", toString());
        }

        @Override
        public String toString() {
            int full = (int) (CELLS * done / total);
            return "%s %s%s %d of %d".formatted(name, "█".repeat(full), "░".repeat(CELLS - full), done, total);
        }
    }
}
