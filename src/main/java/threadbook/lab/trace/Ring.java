package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What the woven sites of one thread have noted: the last [#MOST] things that are over, and what it is in.
///
/// Its thread writes and never waits. The merging thread reads afterwards, perhaps while a thread that was left behind
/// still writes: it sees each note whole or not at all, for notes cannot change.
final class Ring {
    /// So much is kept of each thread; older notes are overwritten and counted.
    static final int MOST = 20_000;

    private static final int FEW = 8; // to begin with: there may be ten thousand rings

    final Thread thread;
    private volatile @Nullable Note[] notes = new Note[FEW]; // replaced by a larger one
    private int next; // where the next one goes; its thread's
    private final AtomicLong noted = new AtomicLong(); // in all; its thread's to write
    private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>(); // likewise

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
    ///
    /// @param outer  the call that it is in
    record Pending(
            AccessSite site,
            @Nullable Object object,
            long begin,
            int amount,
            @Nullable Pending outer) {}

    Ring(Thread thread) {
        this.thread = thread;
    }

    void note(Note note) {
        @Nullable Note[] room = notes;
        if (next == room.length && room.length < MOST) {
            room = Arrays.copyOf(room, Math.min(MOST, 4 * room.length));
            notes = room;
        }
        next = next == room.length ? 0 : next;
        room[next++] = note;
        noted.setRelease(noted.getPlain() + 1);
    }

    Pending begin(AccessSite site, @Nullable Object object, long begin, int amount) {
        var call = new Pending(site, object, begin, amount, pending.getPlain());
        pending.setRelease(call);
        return call;
    }

    void end(Pending call, long end, boolean got) {
        pending.setRelease(call.outer);
        note(new Call(call.site, call.object, call.begin, end, call.amount, got));
    }

    /// {@return how many notes have been made}
    long noted() {
        return noted.getAcquire();
    }

    /// {@return how many notes are lost}
    long lost() {
        return Math.max(0, noted() - MOST);
    }

    /// {@return the notes by the time when they began; calls that have not returned end at [Long#MAX_VALUE]}
    List<Note> notes() {
        noted.getAcquire();
        var all = new ArrayList<Note>();
        for (Note note : notes) {
            if (note != null) {
                all.add(note);
            }
        }
        for (Pending call = pending.getAcquire(); call != null; call = call.outer) {
            all.add(new Call(call.site, call.object, call.begin, Long.MAX_VALUE, call.amount, false));
        }
        all.sort(Comparator.comparingLong(Note::begin));
        return all;
    }
}
