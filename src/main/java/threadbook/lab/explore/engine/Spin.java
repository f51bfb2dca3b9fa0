package threadbook.lab.explore.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// A loop that has changed nothing and will find nothing new until another thread writes something it
/// has read: its next turn is put off until then.
///
/// Otherwise a program that waits in a loop would have endlessly many schedules, which differ only in
/// how often it looks. Done as one step with the first read of the next turn.
final class Spin extends Operation {
    private final List<ProgramThread.Seen> seen;
    private final int[] footprint;
    private @Nullable Location read; // the turn's first, once it has begun

    private Spin(List<ProgramThread.Seen> seen, AccessSite site) {
        super(site);
        this.seen = seen;
        footprint = seen.stream()
                .mapToInt(read -> read.location().id << 1)
                .distinct()
                .toArray();
    }

    /// {@return the wait for a loop's next turn, if its last turn changed nothing and has read anything
    /// that threads share}
    ///
    /// @param loop  where a turn begins
    static Optional<Spin> of(ProgramThread thread, AccessSite loop) {
        Integer before = thread.turnsBegun.put(loop, thread.seen.size());
        if (before == null || before == thread.seen.size()) {
            return Optional.empty();
        }
        return Optional.of(new Spin(List.copyOf(thread.seen.subList(before, thread.seen.size())), loop));
    }

    /// {@return whether the loop waits for this location}
    boolean has(Location location) {
        for (ProgramThread.Seen read : seen) {
            if (read.location() == location) {
                return true;
            }
        }
        return false;
    }

    /// The turn begins with the read of this.
    void reads(Location location) {
        read = location;
    }

    @Override
    public int[] acquires() {
        Location one = read;
        return one != null && one.isVolatile() ? new int[] {one.id} : super.acquires();
    }

    @Override
    public boolean plain() {
        Location one = read;
        return one != null && !one.isVolatile();
    }

    @Override
    public int[] accesses() {
        Location one = read;
        return one == null ? new int[0] : one.readPrint;
    }

    @Override
    public boolean enabled() {
        for (ProgramThread.Seen read : seen) {
            if (read.location().version != read.version()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int[] footprint() {
        return footprint;
    }

    @Override
    public String verb() {
        return "look again";
    }
}
