package threadbook.lab.explore.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What a thread will do in its next step.
///
/// Made by the thread that will do it, which then waits until it is chosen.
public abstract class Operation {
    private static final int[] NOTHING = {};

    private final AccessSite site;

    /// @param site  the place in the code
    protected Operation(AccessSite site) {
        this.site = site;
    }

    /// {@return the place in the code}
    public final AccessSite site() {
        return site;
    }

    /// {@return whether the thread could do it now}; the others wait
    public boolean enabled() {
        return true;
    }

    /// {@return whether it is no deadlock if it waits for ever}, as a worker of a pool does that has no work
    public boolean idle() {
        return false;
    }

    /// {@return in how many ways it can go, at least 1}; asked while it is enabled
    public int branches() {
        return 1;
    }

    /// Does it, on its thread.
    ///
    /// @param branch  from 0 to `branches() - 1`
    /// @return what the call returns for which it stands
    /// @throws Throwable  what that call throws
    public @Nullable Object run(int branch) throws Throwable {
        return null;
    }

    /// {@return what it touches}: for each the location's id times two, plus one if it is changed
    public int[] footprint() {
        return NOTHING;
    }

    /// {@return what of it the memory model calls accesses}, as in [#footprint()]
    public int[] accesses() {
        return footprint();
    }

    /// {@return whether it may also touch what [#footprint] does not tell before it has run}
    public boolean open() {
        return false;
    }

    /// {@return ids of the locations whose earlier releases happen before what follows this}
    public int[] acquires() {
        return NOTHING;
    }

    /// {@return ids of the locations that tell what happened before to those who acquire them}
    public int[] releases() {
        return NOTHING;
    }

    /// {@return whether two such accesses that nothing orders are a data race}
    public boolean plain() {
        return false;
    }

    /// {@return whether it is a race with a plain access that nothing orders, though not with another of its kind}
    public boolean mixed() {
        return false;
    }

    /// {@return the lock that is held when it is done, or null}
    public @Nullable Object locks() {
        return null;
    }

    /// {@return the lock that is no longer held when it is done, or null}
    public @Nullable Object unlocks() {
        return null;
    }

    /// {@return what it waits for while it is not enabled, or null}
    public @Nullable Object awaited() {
        return null;
    }

    /// {@return the threads without which it cannot go on; empty if any could help}
    public List<ProgramThread> holders() {
        return List.of();
    }

    /// {@return what the program gets back}, if that is a truth value, which decides how it goes on: whether a
    /// `tryLock` has locked; null otherwise, and before it has run
    public @Nullable Boolean answer() {
        return null;
    }

    /// {@return what both footprints tell}
    static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /// {@return what it does, in a few words, as in "lock"}
    public abstract String verb();
}
