package threadbook.kernel.channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.Outgoing.Broadcast;
import threadbook.kernel.wire.Outgoing.Question;

/// Joins the text of many small prints into few messages.
///
/// Text waits in one batch for each parent and stream, until [#flush] or until a batch is full.
/// What one thread has printed keeps its order, on whatever streams and under whatever cells: a
/// text whose thread has printed to a later batch does not join an earlier one. Anything that is
/// not text goes behind all text before it.
///
/// A question that has no prompt gets the line that its thread has begun and not ended, if that
/// still waits here: so `print("Name? ")` stands beside the field, not above it.
///
/// Where there is no memory, [#add] and [#flush] throw, and can be called again with the same: nothing is
/// lost then, nor said twice.
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

    /// A question with its prompt, until it is ready.
    private @Nullable Question prompted;

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

    /// @param thread  that asks
    void add(Question question, Thread thread) {
        if (prompted == null) {
            prompted = prompted(question, thread);
        }
        flush();
        ready.add(prompted);
        prompted = null;
    }

    private Question prompted(Question question, Thread thread) {
        if (!question.question().prompt().isEmpty()) {
            return question;
        }
        Batch line = open.stream()
                .filter(batch -> batch.name == Stream.Name.STDOUT && batch.parent == question.to())
                .filter(batch -> batch.threads.contains(thread))
                .findFirst()
                .orElse(null);
        String prompt = line == null ? "" : line.prompt();
        var asked = new InputRequest(prompt, question.question().password());
        var whole = new Question(question.to(), asked, question.id());
        if (line != null) {
            line.drop(prompt.length());
        }
        return whole;
    }

    /// Makes all text ready to be sent.
    void flush() {
        while (!open.isEmpty()) {
            open.getFirst().moveTo(ready);
            open.removeFirst();
        }
    }

    /// {@return whether a line of standard output waits whose end has not been printed}
    boolean unfinished() {
        return open.stream().anyMatch(Batch::unfinished);
    }

    /// {@return whether text waits for a flush}
    boolean waits() {
        return !open.isEmpty();
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
        private int moved; // chars that are ready already; more than none only where memory has run out

        Batch(Origin parent, Stream.Name name) {
            this.parent = parent;
            this.name = name;
        }

        void append(String more, Thread thread) {
            threads.add(thread);
            text.append(more);
        }

        boolean unfinished() {
            return name == Stream.Name.STDOUT && !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
        }

        /// {@return the unfinished line}; empty if it is more than a few plain words, which a field cannot
        /// show
        String prompt() {
            String line = text.substring(Math.max(text.lastIndexOf("\n") + 1, moved));
            boolean shown = line.length() <= LONGEST_PROMPT && line.chars().noneMatch(Character::isISOControl);
            return shown ? line : "";
        }

        /// Takes the last chars away.
        void drop(int chars) {
            text.setLength(text.length() - chars);
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
}
