package threadbook.kernel.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.wire.Outgoing.Broadcast;

/// Joins the text of many small prints into few messages.
///
/// Text waits in one batch for each parent and stream, until [#flush] or until a batch is full.
/// What one thread has printed keeps its order, on whatever streams and under whatever cells: a
/// text whose thread has printed to a later batch does not join an earlier one. Anything that is
/// not text goes behind all text before it.
///
/// Only the thread `iopub` uses it.
final class StreamBatches {
    /// A batch of this many chars is full.
    static final int FULL = 64 * 1024;

    private final Queue<Broadcast> ready = new ArrayDeque<>();

    /// In the order in which they were begun, at most one for a parent and a stream.
    private final List<Batch> open = new ArrayList<>();

    /// @param thread  that has printed it; matters for text only
    void add(Origin parent, Publication publication, Thread thread) {
        if (publication instanceof Stream(Stream.Name name, String text)) {
            Batch batch = batch(parent, name, thread);
            batch.append(text, thread);
            if (batch.text.length() >= FULL) {
                flush();
            }
        } else {
            flush();
            ready.add(new Broadcast(parent, publication));
        }
    }

    /// Makes all text ready to be sent.
    void flush() {
        for (Batch batch : open) {
            ready.add(new Broadcast(batch.parent, new Stream(batch.name, batch.text.toString())));
        }
        open.clear();
    }

    /// {@return whether text waits for a flush}
    boolean waits() {
        return !open.isEmpty();
    }

    /// {@return the next message, or null if none is ready}
    @Nullable
    Broadcast poll() {
        return ready.poll();
    }

    /// The batch that a text of this thread may join, at the end if it has to be begun.
    private Batch batch(Origin parent, Stream.Name name, Thread thread) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Batch batch = open.get(i);
            if (batch.name == name && batch.parent == parent) {
                return batch;
            }
            if (batch.threads.contains(thread)) {
                break;
            }
        }
        if (open.stream().anyMatch(batch -> batch.name == name && batch.parent == parent)) {
            flush();
        }
        var batch = new Batch(parent, name);
        open.add(batch);
        return batch;
    }

    private static final class Batch {
        final Origin parent;
        final Stream.Name name;
        final StringBuilder text = new StringBuilder();
        final Set<Thread> threads = new HashSet<>();

        Batch(Origin parent, Stream.Name name) {
            this.parent = parent;
            this.name = name;
        }

        void append(String more, Thread thread) {
            text.append(more);
            threads.add(thread);
        }
    }
}
