package threadbook.lab.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What the woven sites of one thread have noted: the last [#MOST] things that are over, and what it is in.
///
/// Its thread writes, the merging thread reads afterwards; both under its monitor, which is hardly ever
/// contended.
final class Ring {
    /// So much is kept of each thread; older notes are overwritten and counted.
    static final int MOST = 20_000;

    private static final int FEW = 8; // to begin with: there may be ten thousand rings

    final Thread thread;
    private @Nullable Note[] notes = new Note[FEW];
    private int next; // where the next one goes
    private long noted; // in all
    private final Deque<Pending> pending = new ArrayDeque<>(2);

    /// Something that the thread has done.
    sealed interface Note {
        long begin();

        @Nullable
        Object object();
    }

    /// A call of one of the methods that [Verb] knows.
    ///
    /// @param end     when it returned; [Long#MAX_VALUE] if it has not
    /// @param amount  permits; 1 if there are none
    /// @param got     whether it returned and did not say no
    record Call(AccessSite site, @Nullable Object object, long begin, long end, int amount, boolean got)
            implements Note {}

    /// A monitor was about to be entered, or has just been left.
    record Monitor(AccessSite site, @Nullable Object object, long begin, boolean enters) implements Note {}

    /// The thread asked for a global lock, took it, or was about to give it up.
    record Global(Object object, long begin, Turn turn) implements Note {}

    /// What a thread does with a global lock.
    enum Turn {
        ASKS,
        TOOK,
        GAVE
    }

    /// A call that has begun.
    record Pending(AccessSite site, @Nullable Object object, long begin, int amount) {}

    Ring(Thread thread) {
        this.thread = thread;
    }

    synchronized void note(Note note) {
        if (next == notes.length && notes.length < MOST) {
            var more = new Note[Math.min(MOST, 4 * notes.length)];
            System.arraycopy(notes, 0, more, 0, next);
            notes = more;
        }
        next = next == notes.length ? 0 : next;
        notes[next++] = note;
        noted++;
    }

    synchronized Pending begin(AccessSite site, @Nullable Object object, long begin, int amount) {
        var call = new Pending(site, object, begin, amount);
        pending.push(call);
        return call;
    }

    synchronized void end(Pending call, long end, boolean got) {
        pending.remove(call);
        note(new Call(call.site, call.object, call.begin, end, call.amount, got));
    }

    /// {@return how many notes have been made}
    synchronized long noted() {
        return noted;
    }

    /// {@return how many notes are lost}
    synchronized long lost() {
        return Math.max(0, noted - notes.length);
    }

    /// {@return the notes by the time when they began; calls that have not returned end at [Long#MAX_VALUE]}
    synchronized List<Note> notes() {
        var all = new ArrayList<Note>();
        for (Note note : notes) {
            if (note != null) {
                all.add(note);
            }
        }
        for (Pending call : pending) {
            all.add(new Call(call.site, call.object, call.begin, Long.MAX_VALUE, call.amount, false));
        }
        all.sort(java.util.Comparator.comparingLong(Note::begin));
        return all;
    }
}
