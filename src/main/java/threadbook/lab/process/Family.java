package threadbook.lab.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import threadbook.lab.process.Ran.Seen;

/// A process and those that it was seen to have started; used by one thread.
///
/// A process whose parent has ended belongs to somebody else in the system's own tree, so what was seen before is
/// remembered here.
final class Family {
    private static final long PAUSE = 1_000_000; // ns
    private static final long LIMIT = 500_000_000; // ns

    private final Map<ProcessHandle, Seen> seen = new LinkedHashMap<>();

    Family(ProcessHandle root) {
        note(root);
    }

    /// Looks who is there now.
    void look() {
        for (ProcessHandle known : List.copyOf(seen.keySet())) {
            try (Stream<ProcessHandle> below = known.descendants()) {
                below.forEach(this::note);
            }
        }
        // The program's name is known only when the system has replaced the copy of this process by it.
        seen.replaceAll((process, was) -> {
            Seen now = seen(process, was.parent());
            return now.name().equals(ProcessTree.UNKNOWN) ? was : now;
        });
    }

    private void note(ProcessHandle process) {
        seen.computeIfAbsent(
                process, one -> seen(one, one.parent().map(ProcessHandle::pid).orElse(0L)));
    }

    private static Seen seen(ProcessHandle process, long parent) {
        return new Seen(process.pid(), parent, ProcessTree.name(process));
    }

    /// {@return all that were seen, the first process first}
    List<Seen> seen() {
        return List.copyOf(seen.values());
    }

    /// Ends, at once, all that still run, and waits a moment until they have.
    ///
    /// @return those
    List<Seen> end() {
        look();
        var ended = new ArrayList<Seen>();
        seen.forEach((process, one) -> {
            if (runs(process) && process.destroyForcibly()) {
                ended.add(one);
            }
        });
        long begun = System.nanoTime();
        while (seen.keySet().stream().anyMatch(Family::runs) && System.nanoTime() - begun < LIMIT) {
            LockSupport.parkNanos(PAUSE);
        }
        return ended;
    }

    /// A process that has ended but that nobody has buried is still listed, with an empty command.
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && !ProcessTree.name(process).equals(ProcessTree.UNKNOWN);
    }
}
