package threadbook.kernel.channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.Outgoing.Broadcast;
import threadbook.kernel.wire.Outgoing.Question;

/// Joins the text of many small prints into few messages.
///
/// Text waits in one batch for each parent and stream, until [#flush] or until a batch is full.
/// What one thread has printed keeps its order, on whatever streams and under whatever cells: a
/// text whose thread has printed to a later batch does not join an earlier one. Anything that is
/// not text goes behind all lines before it.
///
/// A line is printed in one piece or in several; the beginning of one is kept back until its
/// thread has printed the end, so that no other thread's text gets into it. It goes without its
/// end when it is old, when its thread does something else, or when the kernel speaks of its cell.
///
/// A question that has no prompt gets the line that its thread has begun and not ended, if that
/// still waits here: so `print("Name? ")` stands beside the field, not above it.
///
/// Where there is no memory, [#add] and [#flush] throw, and can be called again with the same: nothing is
/// lost then; of a line that was printed in pieces a piece may be said twice.
///
/// Only the thread `iopub` uses it.
final class StreamBatches {
    /// A batch of this many chars is full.
    static final int FULL = 64 * 1024;

    private static final int LONGEST_PROMPT = 1_000;

    /// Broadcasts and questions. One thread uses it, but an `ArrayDeque` that finds no memory to grow is empty.
    private final Queue<Outgoing> ready = new ConcurrentLinkedQueue<>();

    /// In the order in which they were begun, at most one for a parent and a stream.
    private final List<Batch> open = new ArrayList<>();

    /// Lines that have begun and not ended, at most one for a thread; the oldest first.
    private final Map<Thread, Beginning> beginnings = new LinkedHashMap<>();

    /// @param thread  that has said it
    /// @param now     as [System#nanoTime()]
    void add(Origin parent, Publication publication, Thread thread, long now) {
        if (publication instanceof Stream(Stream.Name name, String text)) {
            if (beginnings.isEmpty() && text.endsWith("\n")) {
                join(parent, name, text, thread);
            } else {
                addPiece(parent, name, text, thread, now);
            }
        } else {
            release(thread);
            if (thread instanceof KernelThread) {
                release(beginning -> beginning.parent == parent);
            }
            flushLines();
            ready.add(new Broadcast(parent, publication));
        }
    }

    private void addPiece(Origin parent, Stream.Name name, String text, Thread thread, long now) {
        Beginning begun = beginnings.get(thread);
        if (begun != null && (begun.parent != parent || begun.name != name)) {
            release(thread);
            begun = null;
        }
        int lines = text.lastIndexOf('\n') + 1;
        if (lines > 0) {
            beginnings.remove(thread);
            join(parent, name, (begun == null ? "" : begun.text.toString()) + text.substring(0, lines), thread);
            begun = null;
        }
        if (lines < text.length()) {
            if (begun == null) {
                begun = new Beginning(parent, name, now);
                beginnings.put(thread, begun);
            }
            begun.text.append(text, lines, text.length());
            if (begun.text.length() >= FULL) {
                release(thread);
            }
        }
    }

    private void join(Origin parent, Stream.Name name, String text, Thread thread) {
        Batch batch = batch(parent, name, thread);
        batch.append(text, thread);
        if (batch.text.length() >= FULL) {
            flushLines();
        }
    }

    /// @param thread  that asks
    void add(Question question, Thread thread) {
        String prompt = question.question().prompt();
        Beginning begun = beginnings.get(thread);
        if (prompt.isEmpty() && begun != null && begun.isPromptOf(question)) {
            prompt = begun.text.toString();
            beginnings.remove(thread);
        }
        release(thread);
        flushLines();
        var prompted = new InputRequest(prompt, question.question().password());
        ready.add(new Question(question.to(), prompted, question.id()));
    }

    /// Makes all text ready to be sent.
    void flush() {
        release(_ -> true);
        flushLines();
    }

    /// Makes all lines ready to be sent, and the beginnings of lines that are as old as that.
    ///
    /// @param time  as [System#nanoTime()]
    void flushBegunBy(long time) {
        release(beginning -> beginning.since - time <= 0);
        flushLines();
    }

    private void flushLines() {
        open.forEach(batch -> batch.moveTo(ready));
        open.clear();
    }

    private void release(Thread thread) {
        Beginning begun = beginnings.remove(thread);
        if (begun != null) {
            join(begun.parent, begun.name, begun.text.toString(), thread);
        }
    }

    private void release(Predicate<Beginning> which) {
        if (!beginnings.isEmpty()) {
            beginnings.entrySet().stream()
                    .filter(entry -> which.test(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(this::release);
        }
    }

    /// {@return whether lines wait for a flush}
    boolean linesWait() {
        return !open.isEmpty();
    }

    /// {@return whether anything waits for a flush}
    boolean waits() {
        return !open.isEmpty() || !beginnings.isEmpty();
    }

    /// {@return when the oldest line began that has not ended}, as [System#nanoTime()]
    ///
    /// @throws java.util.NoSuchElementException  if there is none
    long oldest() {
        return beginnings.values().iterator().next().since;
    }

    /// {@return the next message, or null if none is ready}
    @Nullable
    Outgoing poll() {
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
            flushLines();
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
        private int moved; // chars that are ready already; more than none only where memory has run out

        Batch(Origin parent, Stream.Name name) {
            this.parent = parent;
            this.name = name;
        }

        void append(String more, Thread thread) {
            threads.add(thread);
            text.append(more);
        }

        /// In messages of [#FULL] chars at most: one larger than the server's limit would never
        /// arrive.
        void moveTo(Queue<Outgoing> ready) {
            while (moved < text.length()) {
                int to = Math.min(moved + FULL, text.length());
                if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                    to--;
                }
                ready.add(new Broadcast(parent, new Stream(name, text.substring(moved, to))));
                moved = to;
            }
        }
    }

    /// The beginning of a line, in pieces as they were printed.
    private static final class Beginning {
        final Origin parent;
        final Stream.Name name;
        final long since;
        final StringBuilder text = new StringBuilder();

        Beginning(Origin parent, Stream.Name name, long since) {
            this.parent = parent;
            this.name = name;
            this.since = since;
        }

        /// A field can show only a few plain words.
        boolean isPromptOf(Question question) {
            return name == Stream.Name.STDOUT
                    && parent == question.to()
                    && text.length() <= LONGEST_PROMPT
                    && text.chars().noneMatch(Character::isISOControl);
        }
    }
}
