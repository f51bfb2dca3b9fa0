package threadbook.kernel.handler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.protocol.MimeBundle;

/// What a cell shows, up to a limit: a page that must hold more would stop answering.
///
/// Past the limit the cell runs on at full speed, and a notice stands where it was cut. When the
/// cell ends the notice says exactly how much was left out, and the last lines follow it. What the
/// cell's threads print later is added to the notice within a second.
///
/// Text counts in bytes of UTF-8, and so does what is displayed, but not updates of it. A cell that
/// clears what it has shown begins anew.
final class LimitedOutput implements CellOutput {
    /// Of the last text, so many bytes are shown when the cell ends.
    private static final int TAIL = 4_000;

    private final CellOutput output;
    private final long limit;
    private final Consumer<Runnable> later;

    /// Bytes that were shown; past the limit it only says so.
    private final AtomicLong shown = new AtomicLong();

    // Guarded by this, which is not held while anything is shown.
    private final Deque<Piece> tail = new ArrayDeque<>();
    private long tailBytes;
    private LeftOut leftOut = LeftOut.NOTHING;
    private @Nullable String notice; // its display id
    private boolean ended;
    private boolean planned; // the notice will be brought up to date

    /// @param limit  bytes
    /// @param later  runs a task in about a second, on a thread of the kernel's
    LimitedOutput(CellOutput output, long limit, Consumer<Runnable> later) {
        this.output = output;
        this.limit = limit;
        this.later = later;
    }

    @Override
    public void text(Stream stream, String text) {
        long before = shown.get();
        int fits = 0;
        if (before < limit) {
            long bytes = Utf8.length(text);
            before = shown.getAndAdd(bytes);
            if (before + bytes <= limit) {
                output.text(stream, text);
                return;
            }
            fits = before < limit ? Utf8.fitting(text, limit - before) : 0;
            output.text(stream, text.substring(0, fits));
        }
        String rest = text.substring(fits);
        leaveOut(new Piece(stream, rest, LeftOut.text(rest)));
    }

    @Override
    public void display(MimeBundle bundle, Optional<String> id) {
        long bytes = bundle.data().values().stream().mapToLong(Utf8::length).sum();
        if (shown.get() < limit && shown.getAndAdd(bytes) + bytes <= limit) {
            output.display(bundle, id);
        } else {
            leaveOut(new Piece(null, "", LeftOut.display(bytes)));
        }
    }

    @Override
    public void update(MimeBundle bundle, String id) {
        output.update(bundle, id);
    }

    @Override
    public void clear(boolean wait) {
        synchronized (this) {
            tail.clear();
            tailBytes = 0;
            leftOut = LeftOut.NOTHING;
            notice = null;
            shown.set(0);
        }
        output.clear(wait);
    }

    @Override
    public String input(String prompt, boolean password) throws InterruptedException {
        return output.input(prompt, password);
    }

    /// Says what was left out; when the cell has ended.
    void end() {
        List<Piece> last;
        String id;
        LeftOut all;
        synchronized (this) {
            ended = true;
            last = new ArrayList<>(tail);
            tail.clear();
            id = notice;
            all = leftOut;
        }
        if (id != null) {
            output.update(bundle(all.described(limit)), id);
            last.forEach(piece -> piece.show(output));
        }
    }

    private void leaveOut(Piece piece) {
        String created = null;
        boolean plan = false;
        synchronized (this) {
            if (ended) {
                leftOut = leftOut.and(piece.amount);
                plan = !planned;
                planned = true;
            } else {
                keep(piece);
            }
            if (notice == null) {
                created = UUID.randomUUID().toString();
                notice = created;
            }
        }
        if (created != null) {
            output.display(bundle(LeftOut.announced(limit)), Optional.of(created));
        }
        if (plan) {
            later.accept(this::updateNotice);
        }
    }

    private void keep(Piece piece) { // holds the lock
        tail.add(piece);
        tailBytes += piece.amount.bytes();
        while (tailBytes > TAIL) {
            Piece first = tail.remove();
            tailBytes -= first.amount.bytes();
            leftOut = leftOut.and(first.amount);
        }
    }

    private void updateNotice() {
        String id;
        LeftOut all;
        synchronized (this) {
            planned = false;
            id = notice;
            all = leftOut;
        }
        if (id != null) {
            output.update(bundle(all.described(limit)), id);
        }
    }

    private static MimeBundle bundle(String text) {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("text/html", "<em style=\"opacity:.7\">" + text + "</em>");
        forms.put("text/plain", text);
        return new MimeBundle(forms);
    }

    /// @param stream  null for what was displayed, which is not kept
    private record Piece(@Nullable Stream stream, String text, LeftOut amount) {
        void show(CellOutput output) {
            if (stream != null) {
                output.text(stream, text);
            }
        }
    }
}
