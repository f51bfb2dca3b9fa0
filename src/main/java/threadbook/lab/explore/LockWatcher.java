package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Names;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Step;
import threadbook.lab.explore.engine.Watcher;

/// Sees over many schedules which lock is taken, or waited for, while which other one is held.
final class LockWatcher implements Watcher {
    private record Key(String held, String taken, String thread) {}

    private final Map<Key, LockOrder.Edge> edges = new LinkedHashMap<>(); // by name: objects are others each time
    private final Map<ProgramThread, List<Object>> held = new IdentityHashMap<>(); // in the running schedule
    private @Nullable ProgramThread first; // tells schedules apart: its threads are new objects

    List<LockOrder.Edge> edges() {
        return List.copyOf(edges.values());
    }

    @Override
    public void before(Execution execution, ProgramThread thread, Operation operation) {
        ProgramThread begun = execution.threads().getFirst();
        if (begun != first) {
            first = begun;
            held.clear();
        }
    }

    @Override
    public void after(Execution execution, Step step) {
        Operation operation = step.operation();
        List<Object> mine = held.computeIfAbsent(step.thread(), _ -> new ArrayList<>());
        Object taken = operation.locks();
        if (taken != null) {
            edges(execution, step.thread(), mine, taken, operation);
            mine.add(taken);
        }
        Object given = operation.unlocks();
        for (int i = mine.size() - 1; given != null && i >= 0; i--) {
            if (mine.get(i) == given) {
                mine.remove(i);
                break;
            }
        }
        for (ProgramThread thread : execution.threads()) {
            waiting(execution, thread);
        }
    }

    private void waiting(Execution execution, ProgramThread thread) {
        List<Object> mine = held.getOrDefault(thread, List.of());
        Operation pending = thread.pending();
        if (mine.isEmpty()
                || pending == null
                || pending.enabled()
                || pending.holders().isEmpty()) {
            return;
        }
        Object awaited = pending.awaited();
        if (awaited != null) {
            edges(execution, thread, mine, awaited, pending);
        }
    }

    private void edges(
            Execution execution, ProgramThread thread, List<Object> mine, Object taken, Operation operation) {
        if (mine.isEmpty() || mine.contains(taken)) {
            return;
        }
        Names names = execution.names();
        for (Object lock : mine) {
            String first = names.of(lock);
            String second = names.of(taken);
            edges.computeIfAbsent(new Key(first, second, thread.name()), _ -> {
                String file = operation.site().file();
                int line = operation.site().line();
                return new LockOrder.Edge(
                        first, second, thread.name(), Recorder.source(file, line), Replay.place(file, line));
            });
        }
    }
}
