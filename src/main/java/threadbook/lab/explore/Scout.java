package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Access;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Names;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;
import threadbook.lab.explore.engine.Watcher;
import threadbook.lab.explore.search.Ending;
import threadbook.lab.explore.search.Path;
import threadbook.lab.explore.search.Search;

/// Runs a program up to some step and looks around.
///
/// It tells situations from which the program goes on in the same way by equal keys, so that they need
/// not be looked at twice. A key holds what each thread can know, which is what it has read, and what the
/// locations hold: of a variable of a primitive type its value, of everything else that threads touch the
/// step that changed it last.
final class Scout {
    private static final int ENOUGH = 300; // steps that show which variables there are

    private final Engine engine;
    private final Search search;
    private final Map<List<Object>, Integer> known = new HashMap<>(); // numbers for what keys are made of
    private final Map<String, Access> statics = new TreeMap<>(); // variables that are the same in every schedule

    Scout(Engine engine, Search search) {
        this.engine = engine;
        this.search = search;
    }

    /// What was seen.
    ///
    /// @param key     equal for situations that go on in the same way
    /// @param turned  whether only now a location is known to be shared: then all that was seen before is
    ///                out of date
    record Seen(Position position, Object key, boolean turned) {}

    /// Runs the program once, which shows the names of most of its variables.
    void learn() throws InterruptedException {
        look(new Path(List.of(), 0).begun(), ENOUGH);
    }

    /// {@return what can be seen after these steps}
    ///
    /// @throws threadbook.lab.explore.search.NotRepeatedException  if the program did not repeat itself
    Seen look(List<Path.Choice> steps) throws InterruptedException {
        return look(new Path(steps, 0).again(), steps.size());
    }

    private Seen look(Chooser way, int depth) throws InterruptedException {
        var look = new Look(way, depth);
        engine.watch(look);
        try {
            Schedule schedule = search.again(look);
            return look.seen(schedule);
        } finally {
            engine.watch(null);
        }
    }

    /// One run.
    private final class Look implements Chooser, Watcher {
        private final Chooser way;
        private final int depth;
        private final Recorder recorder = new Recorder();
        private final List<@Nullable Object> values =
                new ArrayList<>(); // by step: what it has left in a primitive variable, or null
        private final List<Position.Next> next = new ArrayList<>();
        private Map<String, String> variables = Map.of();
        private boolean there;

        Look(Chooser way, int depth) {
            this.way = way;
            this.depth = depth;
            statics.forEach(recorder::know);
        }

        @Override
        public int choose(int at, threadbook.lab.explore.engine.Choices choices, Execution same) {
            if (at < depth) {
                return way.choose(at, choices, same);
            }
            there = true;
            Names names = recorder.names(same);
            for (ProgramThread thread : same.threads()) {
                Operation pending = thread.pending();
                if (pending != null) {
                    next.add(next(thread, pending, names));
                }
            }
            variables = recorder.values();
            return CUT;
        }

        private Position.Next next(ProgramThread thread, Operation pending, Names names) {
            String object = recorder.nameOf(Recorder.subject(pending));
            if (pending instanceof Access access) {
                object = access.name(names);
                recorder.know(object, access);
            }
            boolean enabled = pending.enabled();
            Replay.Wait wait = Replay.Wait.of(thread.name(), pending, object);
            return new Position.Next(
                    thread.id(),
                    thread.name(),
                    enabled ? pending.branches() : 0,
                    object.isEmpty() ? pending.verb() : pending.verb() + " " + object,
                    Recorder.source(wait.file(), wait.line()),
                    Replay.place(wait.file(), wait.line()),
                    enabled ? "" : wait.reason());
        }

        @Override
        public void before(Execution same, ProgramThread thread, Operation operation) {
            recorder.before(same, thread, operation);
        }

        @Override
        public void after(Execution same, Step step) {
            recorder.after(same, step);
            boolean plain = step.operation() instanceof Access access && access.isPrimitive();
            values.add(plain ? ((Access) step.operation()).value() : null);
            variables = recorder.values();
        }

        Seen seen(Schedule schedule) {
            recorder.variables().forEach((name, access) -> {
                if (access.isStatic()) {
                    statics.put(name, access);
                }
            });
            Replay past =
                    recorder.replay(schedule, there ? "" : Ending.of(schedule).text());
            if (!there) {
                past.waits().forEach(wait -> next.add(waiting(schedule, wait)));
            }
            var threads = new TreeMap<Integer, Position.State>();
            schedule.threads()
                    .forEach(thread ->
                            threads.put(thread.id(), new Position.State(thread.name(), recorder.held(thread))));
            var position = new Position(past, variables, threads, List.copyOf(next));
            return new Seen(position, key(schedule, past.ending()), schedule.turned());
        }

        private Position.Next waiting(Schedule schedule, Replay.Wait wait) {
            int id = schedule.threads().stream()
                    .filter(thread -> thread.name().equals(wait.thread()))
                    .findFirst()
                    .orElseThrow()
                    .id();
            return new Position.Next(
                    id,
                    wait.thread(),
                    0,
                    wait.object().isEmpty() ? wait.verb() : wait.verb() + " " + wait.object(),
                    Recorder.source(wait.file(), wait.line()),
                    Replay.place(wait.file(), wait.line()),
                    wait.reason());
        }

        /// {@return the pairs of thread and location that others have written since}: whether a loop looks again
        /// and whether a write loses something hang on that
        private static Set<List<Integer>> stale(
                Map<Integer, Map<Integer, Integer>> seen, Map<Integer, Integer> version) {
            var stale = new HashSet<List<Integer>>();
            seen.forEach((thread, locations) -> locations.forEach((location, then) -> {
                if (!then.equals(version.getOrDefault(location, 0))) {
                    stale.add(List.of(thread, location));
                }
            }));
            return stale;
        }

        private Object key(Schedule schedule, String ending) {
            var last = new TreeMap<Integer, Integer>(); // by thread: number of what it has done and read
            var content = new TreeMap<Integer, Object>(); // by location
            var version = new HashMap<Integer, Integer>(); // by location: how often it was written
            var oldest = new HashMap<Integer, Map<Integer, Integer>>(); // read since it wrote: by thread and location
            var newest = new HashMap<Integer, Map<Integer, Integer>>(); // read or written: by thread and location
            for (int i = 0; i < schedule.steps().size(); i++) {
                Step step = schedule.steps().get(i);
                int thread = step.thread().id();
                var cause = new ArrayList<Object>(List.of(
                        thread,
                        last.getOrDefault(thread, -1),
                        step.branch(),
                        step.thread().bornIn()));
                Integer written =
                        step.operation() instanceof Access access && access.writes() ? step.footprint()[0] >> 1 : null;
                for (int print : step.footprint()) {
                    if (written == null || print >> 1 != written) {
                        cause.add(content.getOrDefault(print >> 1, "begin"));
                    }
                }
                int number = known.computeIfAbsent(cause, _ -> known.size());
                last.put(thread, number);
                Map<Integer, Integer> mine = oldest.computeIfAbsent(thread, _ -> new HashMap<>());
                Map<Integer, Integer> touched = newest.computeIfAbsent(thread, _ -> new HashMap<>());
                for (int print : step.footprint()) {
                    int location = print >> 1;
                    if ((print & 1) == 0) {
                        mine.putIfAbsent(location, version.getOrDefault(location, 0));
                    } else {
                        version.merge(location, 1, Integer::sum);
                        content.put(
                                location,
                                Objects.equals(location, written) && values.get(i) != null
                                        ? List.of(Objects.requireNonNull(values.get(i)))
                                        : number);
                        mine.clear(); // as the engine forgets what a loop has read, see Spin
                    }
                    touched.put(location, version.getOrDefault(location, 0));
                }
            }
            return List.of(last, content, stale(oldest, version), stale(newest, version), ending);
        }
    }
}
