package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Access;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Names;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;
import threadbook.lab.explore.engine.Watcher;
import threadbook.lab.explore.search.Cycle;
import threadbook.runtime.Sources;

/// Writes down one schedule while it is run.
final class Recorder implements Watcher {
    private static final int LONGEST = 60; // chars of a value

    private final List<Replay.Moment> moments = new ArrayList<>();
    private final Map<String, Access> variables = new TreeMap<>(); // by name: an access that leads to it
    private final Map<ProgramThread, List<Object>> held = new LinkedHashMap<>();
    private final Map<String, Map<ProgramThread, Integer>> lastSeen = new HashMap<>(); // by variable: at which write
    private final Map<String, Integer> writes = new HashMap<>();
    private final Map<String, String> begin = new TreeMap<>(); // what the variables held before
    private final Map<Object, String> called = new IdentityHashMap<>(); // while it ran: afterwards no name leads there
    private @Nullable ProgramThread last;
    private @Nullable Names names; // since the last step, during which objects may have got others

    /// {@return what was written down}
    ///
    /// @param ending  what came out, empty if the schedule goes on
    Replay replay(Schedule schedule, String ending) {
        var waits = new ArrayList<Replay.Wait>();
        for (ProgramThread thread : schedule.threads()) {
            Operation left = thread.left();
            if (left != null && schedule.end() == Schedule.End.DEADLOCK) {
                waits.add(Replay.Wait.of(thread.name(), left, nameOf(subject(left))));
            }
        }
        var threads = schedule.threads().stream().map(ProgramThread::name).toList();
        List<Replay.Moment> steps = printed(schedule);
        return Cycle.of(schedule)
                .map(cycle -> new Replay(
                        threads, begin, steps.subList(0, cycle.end()), repeated(ending, cycle, schedule), waits))
                .orElseGet(() -> new Replay(threads, begin, steps, ending, waits));
    }

    private static String repeated(String ending, Cycle cycle, Schedule schedule) {
        var threads = cycle.threads(schedule);
        String who = String.join(" and ", threads);
        return cycle.length() == 1
                ? "%s: %s repeats the last step here for ever".formatted(ending, who)
                : "%s: %s %s the last %d steps here for ever"
                        .formatted(ending, who, threads.size() == 1 ? "repeats" : "repeat", cycle.length());
    }

    private List<Replay.Moment> printed(Schedule schedule) {
        var all = new ArrayList<Replay.Moment>();
        for (int i = 0; i < moments.size(); i++) {
            all.add(moments.get(i).printing(printed(schedule.printed(), i)));
        }
        return all;
    }

    private static String printed(List<Schedule.Printed> lines, int step) {
        var text = new StringBuilder();
        for (Schedule.Printed line : lines) {
            if (line.step() == step) {
                text.append(line.text());
            }
        }
        return text.toString();
    }

    /// {@return what an object was called while the schedule ran}; empty if there is none
    String nameOf(@Nullable Object object) {
        return object == null
                ? ""
                : called.getOrDefault(object, "a " + object.getClass().getSimpleName());
    }

    /// {@return the locks that a thread holds, in the order in which it took them}
    List<String> held(ProgramThread thread) {
        return held.getOrDefault(thread, List.of()).stream().map(this::nameOf).toList();
    }

    /// {@return what the shared variables hold now}
    Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        variables.forEach((name, access) -> values.put(name, text(access.value())));
        return values;
    }

    /// Has the variable in [#values] from now on.
    void know(String name, Access access) {
        variables.putIfAbsent(name, access);
    }

    Map<String, Access> variables() {
        return variables;
    }

    /// {@return what the program calls its objects now}, and remembers those for which threads wait
    Names names(Execution execution) {
        Names known = names;
        if (known == null) {
            known = execution.names();
            names = known;
            name(execution, known);
        }
        return known;
    }

    private void name(Execution execution, Names now) {
        for (ProgramThread thread : execution.threads()) {
            Operation pending = thread.pending();
            Object subject = pending == null ? null : subject(pending);
            if (subject != null) {
                called.putIfAbsent(subject, now.of(subject));
            }
        }
    }

    @Override
    public void before(Execution execution, ProgramThread thread, Operation operation) {
        Names now = names(execution);
        if (operation instanceof Access access) {
            begin.putIfAbsent(access.name(now), text(access.value()));
        }
    }

    @Override
    public void after(Execution execution, Step step) {
        names = null;
        Names now = names(execution);
        Operation operation = step.operation();
        ProgramThread thread = step.thread();
        for (Object object : new @Nullable Object[] {operation.locks(), operation.unlocks()}) {
            if (object != null) {
                called.putIfAbsent(object, now.of(object));
            }
        }
        locks(operation, held.computeIfAbsent(thread, _ -> new ArrayList<>()));
        String value = "";
        boolean lost = false;
        if (operation instanceof Access access) {
            String name = access.name(now);
            variables.put(name, access);
            value = text(access.value());
            lost = loses(name, thread, access.writes());
        } else if (operation.answer() != null) {
            value = operation.answer().toString();
        }
        var locks = new LinkedHashMap<String, List<String>>();
        held.forEach((who, objects) -> {
            if (!objects.isEmpty()) {
                locks.put(who.name(), held(who));
            }
        });
        String file = operation.site().file();
        int line = operation.site().line();
        moments.add(new Replay.Moment(
                thread.name(),
                file,
                line,
                source(file, line),
                operation.verb(),
                operation instanceof Access access ? access.name(now) : nameOf(subject(operation)),
                value,
                values(),
                locks,
                lost,
                last != null && last != thread,
                step.preempted(),
                ""));
        last = thread;
    }

    /// {@return the text of a line}, empty if nobody knows it
    static String source(String file, int line) {
        return line < 1
                ? ""
                : Sources.current().line(file, line).map(String::strip).orElse("");
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

    /// {@return the object that an operation is about, or null}
    static @Nullable Object subject(Operation operation) {
        return operation.awaited() != null
                ? operation.awaited()
                : operation.unlocks() != null ? operation.unlocks() : operation.locks();
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
