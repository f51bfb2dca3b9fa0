package threadbook.lab.explore.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// A thread of the explored program, in one schedule.
///
/// Only one thread of a program runs at a time, so nothing here is guarded.
public final class ProgramThread {
    /// The set-up and the reading of the outcome, which are no threads of the program.
    static final int OUTSIDE = -1;

    final int id; // the same in every schedule
    final String name;
    final @Nullable Object handle; // the Thread object that the program holds, if there is one

    @Nullable
    Thread virtual;

    @Nullable
    Runnable continuation; // what resumes it; null while it runs, is parked or has ended

    @Nullable
    Operation pending;

    private final int bornIn;
    private final int life; // id of the location that stands for whether it lives

    @Nullable
    Operation left; // what it was about to do when its schedule ended

    int branch; // chosen for the pending operation
    int atomic; // depth of calls that are one step as a whole
    boolean promised; // such a call is atomic also where it calls back
    int children;
    int turns; // of loops since its last step
    int resumptions;
    boolean suspicious; // it is in a loop that may wait for somebody
    boolean entering; // a loop whose next turn is its first

    @Nullable
    Spin granted; // its next access belongs to this step if the loop waits for that

    boolean done;
    boolean interrupted;

    @Nullable
    Throwable thrown;

    final List<Seen> seen = new ArrayList<>(); // what it has read since it last changed anything
    final Map<AccessSite, Integer> turnsBegun = new HashMap<>(); // since then: by loop, how much it had read
    int[] extra = new int[0]; // what the calls inside its atomic call have touched

    /// A read, and how often the location had been written then.
    record Seen(Location location, long version) {}

    ProgramThread(int id, String name, @Nullable Object handle, int bornIn, int life) {
        this.life = life;
        this.bornIn = bornIn;
        this.id = id;
        this.name = name;
        this.handle = handle;
    }

    /// It does something that a loop's next turn may find.
    void changed() {
        seen.clear();
        turnsBegun.clear();
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /// {@return the step that started it, counted from 0; -1 if it was there from the beginning}
    public int bornIn() {
        return bornIn;
    }

    /// {@return id of the location that stands for whether it lives}
    public int life() {
        return life;
    }

    /// {@return whether it is interrupted}
    public boolean isInterrupted() {
        return interrupted;
    }

    /// Interrupts it.
    public void interrupt() {
        interrupted = true;
    }

    /// {@return whether it is interrupted, which it is no longer}
    public boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /// {@return the object by which the program knows it, or null}
    public @Nullable Object handle() {
        return handle;
    }

    /// {@return whether it has done all it does}
    public boolean hasEnded() {
        return done;
    }

    /// {@return what it is about to do; null if it has ended}
    public @Nullable Operation pending() {
        return pending;
    }

    /// {@return what it was about to do when its schedule ended; null if it had ended before}
    public @Nullable Operation left() {
        return left;
    }

    /// {@return what it has thrown; null if it has thrown nothing}
    public @Nullable Throwable thrown() {
        return thrown;
    }

    @Override
    public String toString() {
        return name;
    }
}
