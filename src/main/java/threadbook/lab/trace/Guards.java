package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Collects who took and gave back which locks and permits, and puts that in order.
final class Guards {
    private static final int MOST = 64; // the ones that were used most are kept

    private record Change(long time, int change, String lane) {}

    private final Map<Object, List<Change>> changes = new IdentityHashMap<>();

    void add(String lane, List<Doing> doings) {
        for (Doing doing : doings) {
            Object object = doing.object();
            if (object == null || !doing.got()) {
                continue;
            }
            boolean inside = doing.name().equals("wait"); // has the monitor before and after, not meanwhile
            switch (doing.effect()) {
                case TAKES -> change(object, doing.end(), doing.amount(), lane);
                case GIVES -> change(object, doing.begin(), -doing.amount(), lane);
                case WAITS -> {
                    if (inside && changes.containsKey(object)) {
                        change(object, doing.begin(), -1, lane);
                        change(object, doing.end(), 1, lane);
                    }
                }
                case WAKES -> {}
            }
        }
    }

    private void change(Object object, long time, int change, String lane) {
        changes.computeIfAbsent(object, _ -> new ArrayList<>()).add(new Change(time, change, lane));
    }

    /// {@return the guards, the one that was used most often first}
    ///
    /// @param origin  when the code began
    List<Guard> inOrder(long origin, Function<Object, String> names) {
        return changes.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(change -> change.change > 0))
                .sorted(Comparator.comparingInt((Map.Entry<Object, List<Change>> entry) ->
                        -entry.getValue().size()))
                .limit(MOST)
                .map(entry -> guard(entry.getKey(), entry.getValue(), origin, names.apply(entry.getKey())))
                .toList();
    }

    private static Guard guard(Object object, List<Change> all, long origin, String name) {
        var sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Change::time).thenComparingInt(Change::change)); // given back first
        var steps = new ArrayList<Guard.Step>();
        int taken = 0;
        for (Change change : sorted) {
            taken = Math.max(0, taken + change.change);
            steps.add(new Guard.Step(change.time - origin, taken, change.lane));
        }
        int permits = object instanceof Semaphore semaphore ? Math.max(0, semaphore.availablePermits()) + taken : 1;
        int peak = steps.stream().mapToInt(Guard.Step::taken).max().orElse(0);
        return new Guard(object, name, object instanceof Semaphore ? Math.max(permits, peak) : 1, steps);
    }
}
