package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Access;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Names;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;
import threadbook.lab.explore.engine.Watcher;
import threadbook.lab.explore.search.Ending;

/// Writes down one schedule while it is run.
final class Recorder implements Watcher {
    private static final int LONGEST = 60; // chars of a value

    private final List<Replay.Moment> moments = new ArrayList<>();
    private final Map<String, Access> variables = new TreeMap<>(); // by name: an access that leads to it
    private final Map<ProgramThread, List<Object>> held = new LinkedHashMap<>();
    private final Map<String, Map<ProgramThread, Integer>> lastSeen = new HashMap<>(); // by variable: at which write
    private final Map<String, Integer> writes = new HashMap<>();
    private final Map<String, String> begin = new TreeMap<>(); // what the variables held before
    private @Nullable ProgramThread last;

    /// {@return what was written down}
    Replay replay(Engine engine, Schedule schedule, Ending ending) {
        Names names = engine.names();
        var waits = new ArrayList<Replay.Wait>();
        for (ProgramThread thread : schedule.threads()) {
            Operation left = thread.left();
            if (left != null) {
                waits.add(new Replay.Wait(
                        thread.name(),
                        left.verb(),
                        object(left, names),
                        left.holders().stream().map(ProgramThread::name).toList(),
                        left.site().file(),
                        left.site().line()));
            }
        }
        var threads = schedule.threads().stream().map(ProgramThread::name).toList();
        return new Replay(threads, begin, printed(schedule), ending.text(), waits);
    }

    private List<Replay.Moment> printed(Schedule schedule) {
        var all = new ArrayList<Replay.Moment>();
        for (int i = 0; i < moments.size(); i++) {
            var text = new StringBuilder();
            for (Schedule.Printed line : schedule.printed()) {
                if (line.step() == i) {
                    text.append(line.text());
                }
            }
            Replay.Moment m = moments.get(i);
            all.add(new Replay.Moment(
                    m.thread(),
                    m.file(),
                    m.line(),
                    m.verb(),
                    m.object(),
                    m.value(),
                    m.variables(),
                    m.held(),
                    m.lost(),
                    m.switched(),
                    m.preempted(),
                    text.toString()));
        }
        return all;
    }

    @Override
    public void before(Engine engine, ProgramThread thread, Operation operation) {
        if (operation instanceof Access access) {
            begin.putIfAbsent(access.name(engine.names()), text(access.value()));
        }
    }

    @Override
    public void after(Engine engine, Step step) {
        Names names = engine.names();
        Operation operation = step.operation();
        ProgramThread thread = step.thread();
        locks(operation, held.computeIfAbsent(thread, _ -> new ArrayList<>()));
        String value = "";
        boolean lost = false;
        if (operation instanceof Access access) {
            String name = access.name(names);
            variables.put(name, access);
            value = text(access.value());
            lost = loses(name, thread, access.writes());
        }
        var values = new LinkedHashMap<String, String>();
        variables.forEach((name, access) -> values.put(name, text(access.value())));
        var locks = new LinkedHashMap<String, List<String>>();
        held.forEach((who, objects) -> {
            if (!objects.isEmpty()) {
                locks.put(who.name(), objects.stream().map(names::of).toList());
            }
        });
        moments.add(new Replay.Moment(
                thread.name(),
                operation.site().file(),
                operation.site().line(),
                operation.verb(),
                object(operation, names),
                value,
                values,
                locks,
                lost,
                last != null && last != thread,
                step.preempted(),
                ""));
        last = thread;
    }

    /// A write loses what others have written since this thread has read.
    private boolean loses(String variable, ProgramThread thread, boolean write) {
        int count = writes.getOrDefault(variable, 0);
        Map<ProgramThread, Integer> seen = lastSeen.computeIfAbsent(variable, _ -> new HashMap<>());
        boolean lost = write && seen.containsKey(thread) && seen.get(thread) < count;
        if (write) {
            writes.put(variable, count + 1);
        }
        seen.put(thread, writes.getOrDefault(variable, 0));
        return lost;
    }

    private static void locks(Operation operation, List<Object> held) {
        Object locked = operation.locks();
        Object unlocked = operation.unlocks();
        if (locked != null) {
            held.add(locked);
        }
        for (int i = held.size() - 1; unlocked != null && i >= 0; i--) {
            if (held.get(i) == unlocked) {
                held.remove(i);
                break;
            }
        }
    }

    private static String object(Operation operation, Names names) {
        return operation instanceof Access access ? access.name(names) : names.of(operation.awaited());
    }

    /// The program's own `toString` may fail or be long.
    static String text(@Nullable Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException e) {
            text = "(toString threw %s)".formatted(e.getClass().getSimpleName());
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
