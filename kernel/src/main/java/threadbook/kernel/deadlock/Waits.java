package threadbook.kernel.deadlock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Says what threads are doing, in words: what each waits for, who holds that, where, and what it holds
/// itself. Any thread may ask, about any thread.
///
/// Where the JDK does not let us look into threads ([ThreadViews]), it tells by their stacks alone.
public final class Waits {
    private static final int MOST = 20;

    private final Supplier<Map<String, Object>> variables;
    private final LockSites sites;
    private final Function<Thread, String> named;
    private final UnaryOperator<StackTraceElement> placed;

    /// @param variables  the cells' variables by name, as they are now
    /// @param classes    the bytes of a cell's class by its name, as it was loaded
    /// @param named      what to call a thread in a sentence, such as `thread "a" of cell 4`
    /// @param placed     a frame as it is to be shown
    public Waits(
            Supplier<Map<String, Object>> variables,
            Function<String, Optional<byte[]>> classes,
            Function<Thread, String> named,
            UnaryOperator<StackTraceElement> placed) {
        this.variables = variables;
        this.sites = new LockSites(classes);
        this.named = named;
        this.placed = placed;
    }

    /// {@return the thread's stack as it is to be shown}
    public List<StackTraceElement> stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).map(placed).toList();
    }

    /// Looks at the threads as they are now; quick, so that they can be stopped right after.
    public Look look(List<Thread> threads) {
        Optional<ThreadViews> door = ThreadViews.open();
        List<ThreadView> seen = threads.stream()
                .limit(MOST)
                .flatMap(thread -> view(door, thread).stream())
                .toList();
        Map<Thread, ThreadView> owners = new IdentityHashMap<>();
        Map<Thread, Thread.State> states = new IdentityHashMap<>();
        Map<Thread, String> called = new IdentityHashMap<>(); // now: an ended thread belongs to no cell
        Map<Object, ThreadView> holders = holders(door, seen);
        for (ThreadView view : seen) {
            states.put(view.thread(), view.thread().getState());
            called.put(view.thread(), named.apply(view.thread()));
            view.owner()
                    .flatMap(owner -> view(door, owner))
                    .or(() -> view.waitsFor().map(holders::get))
                    .ifPresent(owner -> {
                        owners.put(view.thread(), owner);
                        states.put(owner.thread(), owner.thread().getState());
                        called.put(owner.thread(), named.apply(owner.thread()));
                    });
        }
        return new Look(seen, owners, states, called, Math.max(0, threads.size() - MOST));
    }

    /// {@return the monitors that the threads wait for, with their holders}; looks at every thread then
    private Map<Object, ThreadView> holders(Optional<ThreadViews> door, List<ThreadView> seen) {
        Map<Object, ThreadView> holders = new IdentityHashMap<>();
        boolean needed = seen.stream()
                .anyMatch(view -> view.waitsFor().isPresent() && view.owner().isEmpty());
        if (needed && door.isPresent()) {
            for (Thread thread : door.get().all()) {
                view(door, thread)
                        .ifPresent(view -> view.monitors().forEach(held -> holders.put(held.monitor(), view)));
            }
        }
        return holders;
    }

    private Optional<ThreadView> view(Optional<ThreadViews> door, Thread thread) {
        Optional<ThreadView> view = door.isPresent()
                ? door.get().of(thread)
                : Optional.of(new ThreadView(
                        thread, List.of(thread.getStackTrace()), Optional.empty(), Optional.empty(), List.of()));
        return view.map(seen -> seen.placed(placed));
    }

    /// What some threads were doing at one instant; put into words when asked for.
    public final class Look {
        private final List<ThreadView> seen;
        private final Map<Thread, ThreadView> owners;
        private final Map<Thread, Thread.State> states;
        private final Map<Thread, String> called;
        private final int more;

        private Look(
                List<ThreadView> seen,
                Map<Thread, ThreadView> owners,
                Map<Thread, Thread.State> states,
                Map<Thread, String> called,
                int more) {
            this.seen = seen;
            this.owners = owners;
            this.states = states;
            this.called = called;
            this.more = more;
        }

        /// {@return one line for each thread}, of twenty at most, then how many there are more
        public List<String> lines() {
            var lines = new ArrayList<String>();
            if (seen.isEmpty()) {
                return lines;
            }
            var names = new LockNames(variables.get());
            seen.forEach(view -> lines.add(called.get(view.thread()) + " " + sentence(view, names)));
            if (more > 0) {
                lines.add("and %s more threads".formatted(more));
            }
            return lines;
        }

        private String sentence(ThreadView view, LockNames names) {
            return view.waitsFor()
                            // What nobody holds, a latch or a semaphore, is better said by the call.
                            .filter(lock ->
                                    owners.containsKey(view.thread()) || !(lock instanceof AbstractOwnableSynchronizer))
                            .map(lock -> waiting(view, lock, names))
                            .orElseGet(() -> doing(view))
                    + holding(view, names);
        }

        private String waiting(ThreadView view, Object lock, LockNames names) {
            String name = names.of(lock);
            String holder = Optional.ofNullable(owners.get(view.thread()))
                    .map(owner -> ", which %s holds%s; that one %s"
                            .formatted(
                                    called.get(owner.thread()),
                                    taken(owner, lock, name),
                                    owner.waitsFor()
                                            .map(next -> "waits for " + names.of(next) + waits(owner))
                                            .orElseGet(() -> doing(owner))))
                    .orElse("");
            return "waits for " + name + waits(view) + holder;
        }

        private String holding(ThreadView view, LockNames names) {
            var held = new ArrayList<String>();
            view.monitors().forEach(monitor -> hold(held, view, monitor.monitor(), names.of(monitor.monitor())));
            ThreadViews.open()
                    .ifPresent(door -> names.synchronisers().entrySet().stream()
                            .filter(entry -> door.owner(entry.getKey())
                                    .filter(view.thread()::equals)
                                    .isPresent())
                            .forEach(entry -> hold(held, view, entry.getKey(), entry.getValue())));
            return held.isEmpty() ? "" : "; it holds " + String.join(", ", held);
        }

        private void hold(List<String> held, ThreadView view, Object lock, String name) {
            if (!view.waitsFor().filter(waited -> waited == lock).isPresent()) {
                held.add(name + taken(view, lock, name));
            }
        }

        private String doing(ThreadView view) {
            Thread.State state = states.getOrDefault(view.thread(), Thread.State.TERMINATED);
            return Doing.words(view.stack(), state);
        }

        private String taken(ThreadView view, Object lock, String name) {
            return sites.taken(view, lock, name)
                    .map(place -> " (taken in %s, line %s)".formatted(place.file(), place.line()))
                    .orElse("");
        }

        private String waits(ThreadView view) {
            return sites.waits(view)
                    .map(place -> " (in %s, line %s)".formatted(place.file(), place.line()))
                    .orElse("");
        }
    }
}
