package threadbook.kernel.deadlock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who waits for whom: an edge from each blocked thread to the owner of what it waits for.
///
/// A thread waits for one thing at a time, so each has at most one edge out, and the rings are found by
/// walking. Only waits that end by the owner's doing count: monitors, and synchronisers that know their
/// exclusive owner (`ReentrantLock`, the write lock of `ReentrantReadWriteLock`).
final class WaitForGraph {
    private final Map<Thread, ThreadView> views = new IdentityHashMap<>();
    private final Map<Object, Thread> monitorOwners = new IdentityHashMap<>();

    WaitForGraph(Collection<ThreadView> threads) {
        for (ThreadView view : threads) {
            views.put(view.thread(), view);
            view.monitors().forEach(held -> monitorOwners.put(held.monitor(), view.thread()));
        }
    }

    /// {@return every ring of threads, each once}
    List<Deadlock> deadlocks() {
        var found = new ArrayList<Deadlock>();
        var seen = new IdentityHashMap<Thread, Boolean>();
        for (Thread start : views.keySet()) {
            var path = new ArrayList<Thread>();
            @Nullable Thread at = start;
            while (at != null && seen.putIfAbsent(at, true) == null) {
                path.add(at);
                at = owner(at).orElse(null);
            }
            int from = at == null ? -1 : path.indexOf(at);
            if (from >= 0) {
                found.add(new Deadlock(
                        path.subList(from, path.size()).stream().map(this::link).toList()));
            }
        }
        return found;
    }

    private Optional<Thread> owner(Thread waiter) {
        return Optional.ofNullable(views.get(waiter))
                .flatMap(view -> view.waitsFor()
                        .flatMap(lock -> view.owner()
                                .or(() -> Optional.ofNullable(monitorOwners.get(lock)))
                                // A reentrant owner does not wait for itself: it was seen between two instants.
                                .filter(owner -> owner != waiter)));
    }

    private Deadlock.Link link(Thread waiter) {
        var view = java.util.Objects.requireNonNull(views.get(waiter));
        return new Deadlock.Link(view, view.waitsFor().orElseThrow());
    }
}
