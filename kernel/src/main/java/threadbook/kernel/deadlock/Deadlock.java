package threadbook.kernel.deadlock;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// A ring of threads: each waits for a lock that the next one holds, the last for one of the first.
///
/// @param ring  at least two links
record Deadlock(List<Link> ring) {

    /// One thread of the ring and the lock that it waits for; the next link's thread holds that lock.
    record Link(ThreadView waiter, Object lock) {}

    Deadlock {
        ring = List.copyOf(ring);
    }

    /// {@return the threads of the ring}
    Set<Thread> threads() {
        Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
        ring.forEach(link -> threads.add(link.waiter().thread()));
        return threads;
    }

    /// {@return whether the other one is the same threads waiting for the same locks}
    boolean sameAs(Deadlock other) {
        return ring.size() == other.ring.size()
                && ring.stream()
                        .allMatch(link -> other.ring.stream()
                                .anyMatch(that ->
                                        that.waiter().thread() == link.waiter().thread()
                                                && that.lock() == link.lock()));
    }
}
