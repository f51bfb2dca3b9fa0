package threadbook.lab.explore.engine;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;
import threadbook.runtime.AccessSites;

/// Runs schedules of one program, one at a time, on the thread that calls [#run]. Only one engine can be
/// open in a JVM: it listens to the access sites.
///
/// Everything in it is used by one thread at a time: the explorer's, or the program's thread that it
/// has resumed.
public final class Engine implements AutoCloseable {
    private static final int UNWINDING = 10_000; // places passed by a thread that catches what unwinds it

    private record Child(int parent, int number) {}

    private final Program program;
    private final Calls calls;
    private final Locations locations;
    private final int stepLimit;
    private final int spuriousLimit;
    private final Map<Child, Integer> ids = new HashMap<>();
    private final ProgramThread outside = new ProgramThread(ProgramThread.OUTSIDE, "set-up", null, -1, -1);
    private final Choices choices = new Choices();
    private final Listening listening = new Listening(this);
    private boolean everything; // whether each access is a step, shared or not
    private @Nullable Watcher watcher;
    private volatile @Nullable Thread running; // whose code is listened to
    private volatile boolean stopRequested; // set by any thread

    // Of the current schedule:
    private final List<ProgramThread> threads = new ArrayList<>();
    private ProgramThread[] byId = new ProgramThread[8];
    private final ArrayDeque<ProgramThread> born = new ArrayDeque<>();
    private final IdentityHashMap<Object, Object> models = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Monitors.Monitor> monitors = new IdentityHashMap<>();
    private int spurious; // wake-ups without a reason
    private final List<Runnable> cleanups = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private List<Schedule.Printed> printed = new ArrayList<>();
    private ProgramThread current = outside;
    private boolean aborting;
    private boolean endless;
    private int unwound;
    private @Nullable AccessSite lastSite; // of a call, of any thread
    private @Nullable RuntimeException refusal;

    /// @param calls      what is done instead of calls into code that is not woven
    /// @param stepLimit      steps after which a schedule counts as endless
    /// @param spuriousLimit  how many waiting threads may wake up for no reason in one schedule
    public Engine(Program program, Calls calls, int stepLimit, int spuriousLimit) {
        this.program = program;
        this.calls = calls;
        this.stepLimit = stepLimit;
        this.spuriousLimit = spuriousLimit;
        locations = new Locations(program.loader());
    }

    /// Begins to listen to the program; to be ended by [#close].
    ///
    /// @throws IllegalStateException  if another engine is open
    public void open() {
        stopRequested = false;
        AccessSites.listen(listening);
    }

    public Locations locations() {
        return locations;
    }

    /// Asks [#run] to end as soon as it can, by [InterruptedException]. Any thread may call it.
    public void stop() {
        stopRequested = true;
    }

    /// Has somebody told of each step, or nobody.
    public void watch(@Nullable Watcher one) {
        watcher = one;
    }

    /// {@return what the program calls its objects now}
    public Names names() {
        return new Names(locations.statics(), program.loader());
    }

    /// Makes every access a step, whether threads share the location or not, to find out which they share.
    public void everyAccess(boolean all) {
        everything = all;
    }

    /// Runs one schedule and leaves the program's variables as they were before.
    ///
    /// @throws NotModelledException  if the program does what cannot be explored
    /// @throws SetupFailedException  if the set-up or the reading of the outcome throws
    /// @throws InterruptedException  after [#stop]
    public Schedule run(Chooser chooser) throws InterruptedException {
        begin();
        try {
            outside("the set-up", () -> {
                program.setup().run();
                locations.nameNew();
                return null;
            });
            if (refusal != null) {
                throw refusal;
            }
            for (int i = 0; i < program.bodies().size(); i++) {
                var body = program.bodies().get(i);
                spawn(outside, program.names().get(i), null, body::run);
            }
            Schedule.End end = steps(chooser);
            for (ProgramThread thread : threads) {
                thread.left = thread.pending;
            }
            boolean turned = locations.takeDiscovered();
            Object outcome = end == Schedule.End.COMPLETE ? outside("the outcome", program.outcome()) : null;
            return new Schedule(end, outcome, steps, List.copyOf(threads), printed, turned);
        } finally {
            unwind();
            cleanups.reversed().forEach(Runnable::run);
            locations.restore();
        }
    }

    private void begin() {
        locations.begin();
        threads.clear();
        Arrays.fill(byId, null);
        models.clear();
        monitors.clear();
        spurious = 0;
        cleanups.clear();
        born.clear();
        steps = new ArrayList<>();
        printed = new ArrayList<>();
        outside.children = 0;
        outside.atomic = 0;
        aborting = false;
        endless = false;
        unwound = 0;
        refusal = null;
    }

    private @Nullable Object outside(String what, java.util.concurrent.Callable<?> code) throws InterruptedException {
        current = outside;
        running = Thread.currentThread();
        try {
            return code.call();
        } catch (NotModelledException | SetupFailedException e) {
            throw e;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SetupFailedException(what, e);
        } finally {
            running = null;
        }
    }

    private Schedule.End steps(Chooser chooser) throws InterruptedException {
        advanceBorn();
        int last = -1;
        while (true) {
            if (stopRequested) {
                throw new InterruptedException("exploring was stopped");
            }
            if (refusal != null) {
                throw refusal;
            }
            if (endless || steps.size() >= stepLimit) {
                return Schedule.End.ENDLESS;
            }
            boolean all = choices(last);
            if (choices.count() == 0) {
                return all ? Schedule.End.COMPLETE : Schedule.End.DEADLOCK;
            }
            int choice = chooser.choose(steps.size(), choices, this);
            if (choice == Chooser.CUT) {
                return Schedule.End.CUT;
            }
            ProgramThread thread = thread(choices.thread(choice));
            last = thread.id;
            step(thread, choices.branch(choice), choices.preempts(choice));
        }
    }

    private boolean choices(int last) {
        choices.begin(last);
        boolean all = true;
        for (int i = 0; i < threads.size(); i++) {
            ProgramThread thread = threads.get(i);
            all &= thread.done || thread.pending != null && thread.pending.idle();
            if (thread.pending != null && thread.pending.enabled()) {
                choices.add(thread.id, thread.pending.branches());
            }
        }
        return all;
    }

    private void step(ProgramThread thread, int branch, boolean preempts) {
        Operation operation = thread.pending;
        if (operation == null) {
            throw new IllegalStateException(thread + " was chosen but has no step to do");
        }
        if (watcher != null) {
            watcher.before(this, thread, operation);
        }
        thread.branch = branch;
        thread.turns = 0;
        thread.extra = NONE;
        if (!(operation instanceof Spin)) { // what it waits for is read by the step's own access
            for (int print : operation.footprint()) {
                written(thread, print);
            }
        }
        resume(thread);
        int[] footprint = operation.footprint();
        if (thread.extra.length > 0) {
            int[] whole = Arrays.copyOf(footprint, footprint.length + thread.extra.length);
            System.arraycopy(thread.extra, 0, whole, footprint.length, thread.extra.length);
            footprint = whole;
        }
        if (thread.done) {
            footprint = joined(footprint, lifeOf(thread).writePrint); // others may ask whether it lives
        }
        Step step = new Step(thread, branch, operation, footprint, preempts);
        steps.add(step);
        advanceBorn();
        if (watcher != null) {
            watcher.after(this, step);
        }
    }

    private static final int[] NONE = {};

    void written(ProgramThread thread, int print) {
        Location location = locations.of(print >> 1);
        if ((print & 1) != 0) {
            location.version++;
            thread.changed();
        } else {
            thread.seen.add(new ProgramThread.Seen(location, location.version));
        }
    }

    private void advanceBorn() {
        while (!born.isEmpty()) {
            ProgramThread thread = born.poll();
            Thread virtual = VirtualThreads.unstarted(
                    continuation -> thread.continuation = continuation, thread.name, body(thread));
            thread.virtual = virtual;
            virtual.start();
            resume(thread);
        }
    }

    private final Map<ProgramThread, Code> code = new IdentityHashMap<>(); // of threads not started yet

    private Runnable body(ProgramThread thread) {
        Code own = code.remove(thread);
        return () -> {
            try {
                if (own != null) {
                    own.run();
                }
                if (touch(lifeOf(thread), true) && !everything) { // somebody asks whether it lives
                    AccessSite last = lastSite;
                    if (last != null) {
                        act(new Ending(lifeOf(thread), last));
                    }
                }
            } catch (Abandoned _) {
                // its schedule is over
            } catch (RuntimeException e) {
                if (e == refusal) {
                    return;
                }
                thread.thrown = e;
            } catch (Throwable e) { // the boundary: whatever the program throws is an outcome
                thread.thrown = e;
            } finally {
                thread.done = true;
                thread.pending = null;
            }
        };
    }

    private void resume(ProgramThread thread) {
        Runnable continuation = thread.continuation;
        if (continuation == null) {
            throw new IllegalStateException(thread + " cannot be resumed");
        }
        thread.continuation = null;
        thread.resumptions++;
        ProgramThread before = current;
        current = thread;
        running = thread.virtual;
        try {
            continuation.run();
        } finally {
            running = null;
            current = before;
        }
        if (!thread.done && thread.continuation == null && refusal == null) {
            refusal = new NotModelledException("thread %s waits inside the JDK:\n%s\nExploring does not know this wait."
                    .formatted(thread, stack(thread)));
        }
    }

    private static String stack(ProgramThread thread) {
        var lines = new ArrayList<String>();
        Thread virtual = thread.virtual;
        if (virtual != null) {
            for (StackTraceElement frame : virtual.getStackTrace()) {
                lines.add("    at " + frame);
            }
        }
        return String.join("\n", lines.subList(0, Math.min(12, lines.size())));
    }

    /// Ends the threads that have not ended: each throws at the next place it passes.
    private void unwind() {
        aborting = true;
        for (int i = 0; i < threads.size(); i++) {
            ProgramThread thread = threads.get(i);
            if (thread.virtual != null && thread.continuation == null && !thread.done) {
                thread.virtual.interrupt(); // parked inside the JDK
            }
            while (!thread.done && thread.continuation != null && unwound < UNWINDING) {
                resume(thread);
            }
        }
        born.clear();
        code.clear();
    }

    // ---- what models may ask

    /// {@return the thread that does the current step; one that is none of the program's during set-up}
    public ProgramThread current() {
        return current;
    }

    /// {@return the thread of that id in this schedule}
    public ProgramThread thread(int id) {
        return byId[id];
    }

    /// {@return all threads of this schedule}
    public List<ProgramThread> threads() {
        return threads;
    }

    /// {@return the state of a synchroniser in this schedule}, made at its first use
    public <M> M model(Object object, Class<M> type, Function<Object, M> maker) {
        Object known = models.get(object);
        if (known == null) {
            known = maker.apply(object);
            models.put(object, known);
        }
        return type.cast(known);
    }

    /// {@return the location that stands for an object}
    public Location location(Object object, AccessSite site) {
        return locations.object(object, site, current.id);
    }

    /// {@return the location that stands for what an object holds}, another one than for its monitor
    public Location contents(Object object, AccessSite site) {
        return locations.contents(object, site, current.id);
    }

    /// Does something after this schedule, before the program's variables are put back.
    public void afterwards(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    /// Keeps a line that the program prints.
    public void print(String text) {
        if (current != outside) {
            printed.add(new Schedule.Printed(current, steps.size(), text));
        }
    }

    /// Makes another thread of the program, which begins after the current step.
    ///
    /// @param handle  the object by which the program knows it, or null
    public ProgramThread spawn(ProgramThread parent, String name, @Nullable Object handle, Code what) {
        int id = ids.computeIfAbsent(new Child(parent.id, parent.children++), _ -> ids.size());
        if (id >= Long.SIZE) {
            throw refuse("the program has more than %d threads".formatted(Long.SIZE), "Explore a smaller one.");
        }
        ProgramThread thread = new ProgramThread(id, name, handle, birth(parent), locations.lifeOf(id).id);
        if (id >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(id + 1, byId.length * 2));
        }
        byId[id] = thread;
        threads.add(thread);
        code.put(thread, what);
        born.add(thread);
        return thread;
    }

    /// What a thread does before its first step belongs to the step that has started it.
    private int birth(ProgramThread parent) {
        return parent == outside ? -1 : parent.resumptions == 1 ? parent.bornIn() : steps.size();
    }

    /// Waits until the operation is chosen and does it; in the set-up, does it at once.
    ///
    /// @throws Throwable  what the operation throws
    public @Nullable Object perform(Operation operation) throws Throwable {
        ProgramThread me = current;
        if (me == outside || me.atomic > 0) {
            if (!operation.enabled()) {
                throw refuse(
                        me == outside
                                ? "the set-up would wait for ever"
                                : "it may wait while a call into the JDK is under way",
                        "Found at " + Places.of(operation.site()) + ".");
            }
            if (me != outside && !me.promised) {
                throw calledBack(operation.site());
            }
            me.extra = joined(me.extra, operation.footprint());
            return operation.run(0);
        }
        await(me, operation);
        return operation.run(me.branch);
    }

    void await(ProgramThread me, Operation operation) {
        abandonIfOver();
        me.granted = null;
        me.pending = operation;
        int resumptions = me.resumptions;
        Thread.yield();
        me.pending = null;
        abandonIfOver();
        if (me.resumptions == resumptions) { // a class initialiser: the JVM lets no other thread in
            if (!operation.enabled()) {
                throw refuse(
                        "%s waits at %s inside a class initialiser or a native method"
                                .formatted(me, Places.of(operation.site())),
                        "Initialise the class in the set-up.");
            }
            me.extra = joined(me.extra, operation.footprint());
            me.branch = 0;
        }
    }

    RuntimeException calledBack(AccessSite site) {
        return refuse(
                "a call into the JDK calls the program back, which uses at %s what threads share"
                        .formatted(Places.of(site)),
                "That call is no single step, and nobody has modelled its parts.");
    }

    /// The current thread does something that is no step but which a loop's next turn may find.
    public void progress() {
        current.changed();
    }

    /// {@return how many steps of this schedule were done}
    public int stepsDone() {
        return steps.size();
    }

    /// {@return whether an object was there before this schedule began, as far as is known}
    public boolean lasts(Object object) {
        return locations.lasts(object);
    }

    /// {@return the location of a field of an object, or of a static one}
    public Location location(Field field, @Nullable Object target, AccessSite site) {
        return locations.field(field, target, site, current.id);
    }

    /// {@return the location of an element of an array}
    public Location location(Object array, int index, AccessSite site) {
        return locations.element(array, index, site, current.id);
    }

    /// Keeps what a location holds, to be put back after this schedule; to be called before it is changed.
    public void keep(Location location, @Nullable Object target) {
        locations.keep(location, target);
    }

    /// {@return whether the set-up or the reading of the outcome runs}
    public boolean isOutside() {
        return current == outside;
    }

    void abandonIfOver() {
        if (aborting) {
            unwound++;
            throw new Abandoned();
        }
    }

    static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /// Passes on what ends the schedule: no model may keep it for the program.
    public void rethrowRefusal(Throwable thrown) {
        if (thrown == refusal && refusal != null) {
            throw refusal;
        }
        abandonIfOver();
    }

    /// {@return the location of a thread's permit to go on after `LockSupport.park`}
    public Location parkingOf(ProgramThread thread) {
        return locations.parkingOf(thread.id);
    }

    /// {@return what to throw where the program cannot be explored}
    public RuntimeException refuse(String found, String advice) {
        if (refusal == null) {
            refusal = new NotModelledException("Not modelled: " + found + ".\n" + advice);
        }
        return refusal;
    }

    /// {@return the monitor of an object in this schedule}
    Monitors.Monitor monitor(Object object, AccessSite site) {
        return monitors.computeIfAbsent(object, _ -> {
            Location location = location(object, site);
            Mutex mutex = new Mutex(object, location);
            return new Monitors.Monitor(mutex, new Mutex.Waiters(mutex, location));
        });
    }

    /// Does an operation that throws nothing checked, see [#perform].
    public void act(Operation operation) {
        try {
            perform(operation);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a step that throws nothing checked has thrown", e);
        }
    }

    /// {@return whether a thread is interrupted}
    public boolean isInterrupted(ProgramThread thread) {
        return thread.interrupted;
    }

    /// Interrupts a thread.
    public void interrupt(ProgramThread thread) {
        thread.interrupted = true;
    }

    /// {@return the location that stands for whether a thread is interrupted}
    public Location interruptOf(ProgramThread thread) {
        return locations.ofThread(thread.id);
    }

    /// {@return the location that stands for whether a thread lives}
    public Location lifeOf(ProgramThread thread) {
        return locations.lifeOf(thread.id);
    }

    /// {@return the object by which the program knows a thread, or null}
    public @Nullable Object handle(ProgramThread thread) {
        return thread.handle;
    }

    /// {@return the thread of the program that this virtual thread is, or that the program knows by this
    /// object; null if there is none}
    public @Nullable ProgramThread threadOf(Thread thread) {
        for (int i = 0; i < threads.size(); i++) {
            ProgramThread one = threads.get(i);
            if (one.virtual == thread || one.handle == thread) {
                return one;
            }
        }
        return null;
    }

    /// {@return whether a thread has done all it does}
    public boolean hasEnded(ProgramThread thread) {
        return thread.done;
    }

    /// Does something without a switch of threads inside: what it touches belongs to the current step.
    ///
    /// @param promised  whether the called code promises to be atomic, also where it calls the program back
    public <T extends @Nullable Object> T whole(boolean promised, Whole<T> code) throws Exception {
        ProgramThread me = current;
        boolean before = me.promised;
        me.promised = (me.atomic == 0 || before) && promised;
        me.atomic++;
        try {
            return code.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("neither an exception nor an error was thrown", e);
        } finally {
            me.atomic--;
            me.promised = before;
        }
    }

    /// Notes that the current thread touches a location.
    ///
    /// @return whether threads share it, so that touching it is a step
    public boolean touch(Location location, boolean write) {
        if (current == outside) {
            return false;
        }
        locations.touch(location, current.id, write);
        return location.shared || everything;
    }

    /// {@return what a thread is about to do; null if it has ended}
    public @Nullable Operation pending(ProgramThread thread) {
        return thread.pending;
    }

    /// {@return the step that was done last}
    public Step lastStep() {
        return steps.getLast();
    }

    /// {@return the objects whose state is kept in this schedule}
    public Set<Object> modelled() {
        return models.keySet();
    }

    /// {@return whether a thread is interrupted, which it is no longer}
    public boolean takeInterrupt(ProgramThread thread) {
        boolean was = thread.interrupted;
        thread.interrupted = false;
        return was;
    }

    /// {@return whether a waiting thread may wake up without having been notified}
    boolean mayWakeSpuriously() {
        return spurious < spuriousLimit;
    }

    /// {@return what a wait for a notification touches besides, because few may wake up without one}
    int[] spuriousPrint() {
        return spuriousLimit == 0 ? NONE : locations.spurious().writePrint;
    }

    void wokeSpuriously() {
        spurious++;
    }

    /// {@return whether what the calling thread does is the program's, in this schedule}
    boolean isHeard() {
        return Thread.currentThread() == running;
    }

    boolean isStopped() {
        return stopRequested;
    }

    boolean everyAccess() {
        return everything;
    }

    Calls calls() {
        return calls;
    }

    /// A call is about to be made there.
    void calls(AccessSite site) {
        lastSite = site;
    }

    /// {@return what to throw because a loop does not end}
    Abandoned endless() {
        endless = true;
        aborting = true;
        return new Abandoned();
    }

    /// {@return whether the threads are being unwound}
    boolean aborting() {
        return aborting;
    }

    /// Refuses an object by which the program would call what nobody sees.
    public void requireSeen(@Nullable Object object, AccessSite site) {
        if (object != null && object.getClass().isHidden()) {
            calls.hidden(object).ifPresent(reference -> {
                throw refuse(
                        "the method reference %s, which was made earlier and is used at %s"
                                .formatted(reference, Places.of(site)),
                        "Write a lambda instead, as in () -> lock.lock(): the explorer sees the call in it.");
            });
        }
    }

    @Override
    public void close() {
        AccessSites.ignore();
    }
}
