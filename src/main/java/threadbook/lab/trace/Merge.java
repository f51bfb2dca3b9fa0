package threadbook.lab.trace;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.Replay;
import threadbook.lab.explore.engine.Names;
import threadbook.runtime.AccessSite;
import threadbook.runtime.InterpreterLock;

/// Puts together what the woven sites, the JVM and the scheduler have noted of one run.
final class Merge {
    private static final long BRIEF = 20_000; // ns; shorter calls of virtual threads count as not having waited
    private static final long SAMPLED = 1_500_000; // ns by which a wait for a core may be seen too late
    private static final long NOTABLE = 50_000; // ns; shorter waits for a core cannot be placed
    private static final long JOINED = 100_000; // ns between two waits in one call that count as one

    private final Noted noted;
    private final Map<Long, Ring> rings = new HashMap<>();
    private final Map<Long, Flight.Life> lives = new HashMap<>();
    private final Map<Long, List<Flight.Wait>> waits = new HashMap<>();
    private final Map<Long, List<Doing>> doings = new HashMap<>();
    private final Map<Long, String> threadNames = new HashMap<>();
    private final Map<Object, String> unnamed = new IdentityHashMap<>();
    private final Waker waker = new Waker();
    private final Names names;

    /// Everything that was noted.
    ///
    /// @param log    null where the JVM cannot record
    /// @param cores  waits for a core by id in the operating system; null where that is not counted
    /// @param begin  when the code began, [System#nanoTime]
    /// @param end    when it ended
    record Noted(
            Recorder recorder,
            Flight.@Nullable Log log,
            @Nullable Map<Long, List<CoreSampler.Queued>> cores,
            Thread caller,
            long begin,
            long end) {}

    Merge(Noted noted, @Nullable ClassLoader program) {
        this.noted = noted;
        names = Names.reachedFrom(
                noted.recorder.statics().stream().filter(Merge::isStatic).toList(), program);
        noted.recorder.rings().forEach(ring -> rings.put(ring.thread.threadId(), ring));
        if (noted.log != null) {
            lives.putAll(noted.log.lives());
            noted.log
                    .waits()
                    .forEach(wait -> waits.computeIfAbsent(wait.thread(), _ -> new ArrayList<>())
                            .add(wait));
            waits.values().forEach(each -> each.sort(Comparator.comparingLong(Flight.Wait::begin)));
        }
    }

    /// {@return the lanes in the order in which the threads were made, the caller's last}
    List<Lane> lanes() {
        var ids = new ArrayList<>(members());
        ids.sort(Comparator.naturalOrder()); // ids are given when threads are made
        long caller = noted.caller.threadId();
        ids.remove(caller);
        ids.add(caller);
        for (long id : ids) {
            threadNames.put(id, threadName(id));
            Ring ring = rings.get(id);
            doings.put(id, ring == null ? new ArrayList<>() : Doing.of(ring.notes()));
            waker.add(id, doings.getOrDefault(id, List.of()));
        }
        Entering.complete(doings);
        return ids.stream().map(this::lane).toList();
    }

    /// {@return what was taken and given back}; after [#lanes]
    List<Guard> guards() {
        var guards = new Guards();
        doings.forEach((id, each) -> guards.add(threadNames.getOrDefault(id, ""), each));
        return guards.inOrder(noted.begin, this::name);
    }

    /// {@return how many waits of these threads the JVM has noted}; after [#lanes]
    long waits() {
        return doings.keySet().stream().mapToLong(id -> waitsOf(id).size()).sum();
    }

    /// What a cell has read may be gone since: its class was declared anew.
    private static boolean isStatic(AccessSite site) {
        try {
            Class<?> owner = Class.forName(site.owner(), false, site.where().getClassLoader());
            return Modifier.isStatic(owner.getDeclaredField(site.name()).getModifiers());
        } catch (ClassNotFoundException | NoSuchFieldException | LinkageError _) {
            return false; // also an element of an array, and a field that is inherited: it has no name then
        }
    }

    /// Threads that have come by a woven site, that were started by one of them, or that are virtual and new.
    private Set<Long> members() {
        var members = new HashSet<>(rings.keySet());
        members.add(noted.caller.threadId());
        var young = lives.values().stream().filter(this::isYoung).toList();
        boolean more = true;
        while (more) {
            more = false;
            for (Flight.Life life : young) {
                more |= (life.virtual() || members.contains(life.parent())) && members.add(life.id());
            }
        }
        return members;
    }

    private boolean isYoung(Flight.Life life) {
        return life.ours() && life.begin() >= noted.begin && life.begin() <= noted.end;
    }

    private String threadName(long id) {
        Ring ring = rings.get(id);
        Flight.Life life = lives.get(id);
        boolean virtual = ring != null ? ring.thread.isVirtual() : life != null && life.virtual();
        String name = id == noted.caller.threadId()
                ? noted.caller.getName()
                : ring != null ? ring.thread.getName() : life != null ? life.name() : "";
        String clear = name.isEmpty() ? (virtual ? "virtual" : "thread") : name;
        return name.isEmpty() || threadNames.containsValue(clear) ? clear + " #" + id : clear;
    }

    private long begin(long id) {
        Flight.Life life = lives.get(id);
        if (life != null && isYoung(life)) {
            return life.begin();
        }
        boolean known = id == noted.caller.threadId() || life != null;
        Ring ring = rings.get(id);
        return known || ring == null
                ? noted.begin
                : ring.notes().stream().mapToLong(Ring.Note::begin).findFirst().orElse(noted.begin);
    }

    private long end(long id, List<Doing> mine) {
        Flight.Life life = lives.get(id);
        if (life != null && life.end() <= noted.end) {
            return life.end();
        }
        Ring ring = rings.get(id);
        boolean gone = life == null && ring != null && !ring.thread.isAlive() && !mine.isEmpty();
        return gone ? Math.min(noted.end, mine.getLast().end()) : noted.end;
    }

    private Lane lane(long id) {
        List<Doing> mine = doings.getOrDefault(id, List.of());
        long begin = Math.max(noted.begin, begin(id));
        long end = end(id, mine);
        List<Segment> blocked = blocked(id, mine);
        var painter = new Painter(begin, end, blocked, holding(mine), queued(id, blocked));
        var segments = painter.painted().stream().map(this::sinceBegin).toList();
        return new Lane(threadNames.getOrDefault(id, ""), kind(id), segments, end < noted.end);
    }

    private Segment sinceBegin(Segment each) {
        return new Segment(
                each.state(), each.begin() - noted.begin, each.end() - noted.begin, each.on(), each.by(), each.place());
    }

    private Lane.Kind kind(long id) {
        Ring ring = rings.get(id);
        Flight.Life life = lives.get(id);
        if (id == noted.caller.threadId()) {
            return Lane.Kind.CALLER;
        }
        if (ring != null ? ring.thread.isVirtual() : life != null && life.virtual()) {
            return Lane.Kind.VIRTUAL;
        }
        return life != null && !isYoung(life) ? Lane.Kind.POOL : Lane.Kind.PLATFORM;
    }

    private List<Flight.Wait> waitsOf(long id) {
        return waits.getOrDefault(id, List.of());
    }

    /// What the JVM noted, in the words of the call in which it happened; and calls of which the JVM notes nothing,
    /// because the thread is virtual or they have not returned.
    private List<Segment> blocked(long id, List<Doing> mine) {
        var waiting = mine.stream().filter(Doing::mayWait).toList();
        var noticed = new HashSet<Doing>();
        var blocked = new LinkedHashMap<Long, Segment>(); // by their beginning
        Doing last = null;
        Segment before = null;
        for (Flight.Wait wait : waitsOf(id)) {
            if (wait.end() < noted.begin || wait.begin() > noted.end) {
                continue;
            }
            Doing in = innermost(waiting, wait.begin() + (wait.end() - wait.begin()) / 2);
            Segment segment = in == null ? plain(wait) : inside(in, id, wait.begin(), wait.end(), wait.by());
            if (before != null && in != null && in == last && segment.begin() - before.end() < JOINED) {
                segment = inside(in, id, before.begin(), wait.end(), wait.by());
            }
            blocked.put(segment.begin(), segment);
            before = segment;
            last = in;
            if (in != null) {
                noticed.add(in);
            }
        }
        boolean unnoticed = isUnnoticed(id);
        for (Doing doing : waiting) {
            boolean open = doing.end() >= noted.end;
            long end = Math.min(doing.end(), noted.end);
            if (!noticed.contains(doing) && (open || unnoticed) && end - doing.begin() >= BRIEF) {
                blocked.putIfAbsent(doing.begin(), inside(doing, id, doing.begin(), end, -1));
            } else if (open && noticed.contains(doing) && before != null && end - before.end() >= BRIEF) {
                blocked.put(before.end(), inside(doing, id, before.end(), end, -1)); // it still waits
            }
        }
        return List.copyOf(blocked.values());
    }

    /// The JVM does not note when virtual threads wait for a lock or a monitor.
    private boolean isUnnoticed(long id) {
        Ring ring = rings.get(id);
        return noted.log == null || (ring != null && ring.thread.isVirtual());
    }

    private static @Nullable Doing innermost(List<Doing> waiting, long time) {
        int low = 0;
        int high = waiting.size();
        while (low < high) { // the first that begins later
            int middle = (low + high) >>> 1;
            if (waiting.get(middle).begin() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low - 1; i >= 0 && i >= low - 64; i--) {
            if (waiting.get(i).contains(time)) {
                return waiting.get(i);
            }
        }
        return null;
    }

    private Segment plain(Flight.Wait wait) {
        String type = wait.type()
                .substring(Math.max(wait.type().lastIndexOf('.'), wait.type().lastIndexOf('/')) + 1);
        String on = type.isEmpty()
                ? ""
                : "a " + type.replaceFirst("\\$(NonfairSync|FairSync|Sync|ConditionObject|ConditionNode)$", "");
        return new Segment(wait.state(), wait.begin(), wait.end(), on, threadNames.getOrDefault(wait.by(), ""), "");
    }

    private Segment inside(Doing doing, long id, long begin, long end, long by) {
        boolean children = doing.name().equals("parallel");
        boolean others = doing.blocked() == State.LOCKED || doing.blocked() == State.WAITING;
        long waker = by >= 0 ? by : children ? lastChild(id, end) : waker(doing, id, begin, end);
        String place = doing.site() == null || doing.site().line() < 1
                ? ""
                : Replay.place(doing.site().file(), doing.site().line());
        String on = children ? "its threads" : doing.object() == null || !others ? "" : name(doing.object());
        return new Segment(doing.blocked(), begin, end, on, others ? threadNames.getOrDefault(waker, "") : "", place);
    }

    private long waker(Doing doing, long id, long begin, long end) {
        if (doing.object() instanceof Thread awaited) {
            Flight.Life life = lives.get(awaited.threadId());
            return life != null && life.end() <= end ? awaited.threadId() : -1;
        }
        if (doing.object() == null && doing.name().startsWith("park")) {
            Ring ring = rings.get(id);
            return waker.of(ring == null ? null : ring.thread, id, begin, end);
        }
        return waker.of(doing.object(), id, begin, end);
    }

    private long lastChild(long id, long end) {
        return lives.values().stream()
                .filter(life -> life.parent() == id && isYoung(life) && life.end() <= end)
                .max(Comparator.comparingLong(Flight.Life::end))
                .map(Flight.Life::id)
                .orElse(-1L);
    }

    private List<Segment> holding(List<Doing> mine) {
        var holding = new ArrayList<Segment>();
        Doing taken = null;
        for (Doing doing : mine) {
            if (doing.site() != null) {
                continue; // not the global lock
            }
            if (doing.effect() == Verb.Effect.TAKES && doing.got()) {
                taken = doing;
            } else if (taken != null) {
                holding.add(Segment.of(State.HOLDING, taken.end(), doing.begin()));
                taken = null;
            }
        }
        if (taken != null) {
            holding.add(Segment.of(State.HOLDING, taken.end(), noted.end));
        }
        return holding;
    }

    /// The waits for a core. One that was seen just after the thread was let go on ended then.
    private List<Segment> queued(long id, List<Segment> blocked) {
        Flight.Life life = lives.get(id);
        if (noted.cores == null || life == null || life.osId() == 0) {
            return List.of();
        }
        var queued = new ArrayList<Segment>();
        int at = 0;
        for (CoreSampler.Queued each : noted.cores.getOrDefault(life.osId(), List.of())) {
            long length = each.end() - each.begin();
            if (length < NOTABLE) {
                continue;
            }
            while (at < blocked.size() && blocked.get(at).end() <= each.end() - SAMPLED) {
                at++;
            }
            Segment over = at < blocked.size() && blocked.get(at).end() <= each.end() ? blocked.get(at) : null;
            if (over != null) {
                queued.add(Segment.of(State.QUEUED, Math.max(over.begin(), over.end() - length), over.end()));
            } else {
                boolean still = at < blocked.size() && blocked.get(at).begin() < each.end();
                long end = still ? blocked.get(at).begin() : each.end(); // what is blocked waits for no core
                queued.add(Segment.of(State.QUEUED, Math.max(each.begin(), end - length), end));
            }
        }
        return queued;
    }

    private String name(Object object) {
        if (object instanceof Thread thread) {
            return "end of " + threadNames.getOrDefault(thread.threadId(), thread.getName());
        }
        if (object instanceof InterpreterLock) {
            return "the global lock";
        }
        String name = names.of(object);
        return name.startsWith("a ") ? unnamed.computeIfAbsent(object, _ -> name + " " + (unnamed.size() + 1)) : name;
    }
}
