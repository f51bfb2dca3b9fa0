package threadbook.lab.explore.engine;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
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

    private final Program program;
    private final Calls calls;
    private final Locations locations;
    private final int spuriousLimit;
    private final ProgramThreads threads = new ProgramThreads(this);
    private final Conductor conductor;
    private final Listening listening = new Listening(this);
    private boolean everything; // whether each access is a step, shared or not
    private @Nullable Watcher watcher;
    private volatile boolean stopRequested; // set by any thread

    // Of the current schedule:
    private final IdentityHashMap<Object, Object> models = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Monitors.Monitor> monitors = new IdentityHashMap<>();
    private int spurious; // wake-ups without a reason
    private final List<Runnable> cleanups = new ArrayList<>();
    private List<Schedule.Printed> printed = new ArrayList<>();
    private boolean aborting;
    private boolean endless;
    private @Nullable AccessSite lastSite; // of a call, of any thread
    private @Nullable RuntimeException refusal;

    /// @param calls      what is done instead of calls into code that is not woven
    /// @param stepLimit      steps after which a schedule counts as endless
    /// @param spuriousLimit  how many waiting threads may wake up for no reason in one schedule
    public Engine(Program program, Calls calls, int stepLimit, int spuriousLimit) {
        this.program = program;
        this.calls = calls;
        conductor = new Conductor(this, threads, stepLimit);
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
            for (int i = 0; i < program.bodies().size(); i++) {
                var body = program.bodies().get(i);
                threads.spawn(threads.outside(), program.names().get(i), null, body::run);
            }
            Schedule.End end = conductor.run(chooser);
            for (ProgramThread thread : threads.all()) {
                thread.left = thread.pending;
            }
            boolean turned = locations.takeDiscovered();
            Object outcome = end == Schedule.End.COMPLETE ? outside("the outcome", program.outcome()) : null;
            return new Schedule(end, outcome, conductor.steps(), List.copyOf(threads.all()), printed, turned);
        } finally {
            aborting = true;
            threads.unwind();
            cleanups.reversed().forEach(Runnable::run);
            locations.restore();
        }
    }

    private void begin() {
        locations.begin();
        threads.begin();
        models.clear();
        monitors.clear();
        spurious = 0;
        cleanups.clear();
        conductor.begin();
        printed = new ArrayList<>();
        aborting = false;
        endless = false;
        refusal = null;
    }

    private @Nullable Object outside(String what, java.util.concurrent.Callable<?> code) throws InterruptedException {
        threads.beginOutside();
        try {
            Object result = code.call();
            throwRefusal();
            return result;
        } catch (NotModelledException | SetupFailedException e) {
            throw e;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SetupFailedException(what, e);
        } finally {
            threads.endOutside();
        }
    }

    static final int[] NONE = {};

    void throwRefusal() {
        if (refusal != null) {
            throw refusal;
        }
    }

    boolean isEndless() {
        return endless;
    }

    @Nullable
    Watcher watcher() {
        return watcher;
    }

    void written(ProgramThread thread, int print) {
        conductor.written(thread, print);
    }

    // ---- what models may ask

    /// {@return the thread that does the current step; one that is none of the program's during set-up}
    public ProgramThread current() {
        return threads.current();
    }

    /// {@return the thread of that id in this schedule}
    public ProgramThread thread(int id) {
        return threads.get(id);
    }

    /// {@return all threads of this schedule}
    public List<ProgramThread> threads() {
        return threads.all();
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
        return locations.object(object, site, threads.current().id);
    }

    /// {@return the location that stands for what an object holds}, another one than for its monitor
    public Location contents(Object object, AccessSite site) {
        return locations.contents(object, site, threads.current().id);
    }

    /// Does something after this schedule, before the program's variables are put back.
    public void afterwards(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    /// Keeps a line that the program prints.
    public void print(String text) {
        if (!isOutside()) {
            printed.add(
                    new Schedule.Printed(threads.current(), conductor.steps().size(), text));
        }
    }

    /// Makes another thread of the program, which begins after the current step.
    ///
    /// @param handle  the object by which the program knows it, or null
    public ProgramThread spawn(ProgramThread parent, String name, @Nullable Object handle, Code what) {
        return threads.spawn(parent, name, handle, what);
    }

    /// Waits until the operation is chosen and does it; in the set-up, does it at once.
    ///
    /// @throws Throwable  what the operation throws
    public @Nullable Object perform(Operation operation) throws Throwable {
        ProgramThread me = threads.current();
        if (isOutside() || me.atomic > 0) {
            if (!operation.enabled()) {
                throw refuse(
                        isOutside()
                                ? "the set-up would wait for ever"
                                : "it may wait while a call into the JDK is under way",
                        "Found at " + Places.of(operation.site()) + ".");
            }
            if (!isOutside() && !me.promised) {
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
        threads.current().changed();
    }

    /// {@return how many steps of this schedule were done}
    public int stepsDone() {
        return conductor.steps().size();
    }

    /// {@return whether an object was there before this schedule began, as far as is known}
    public boolean lasts(Object object) {
        return locations.lasts(object);
    }

    /// {@return the location of a field of an object, or of a static one}
    public Location location(Field field, @Nullable Object target, AccessSite site) {
        return locations.field(field, target, site, threads.current().id);
    }

    /// {@return the location of an element of an array}
    public Location location(Object array, int index, AccessSite site) {
        return locations.element(array, index, site, threads.current().id);
    }

    /// Keeps what a location holds, to be put back after this schedule; to be called before it is changed.
    public void keep(Location location, @Nullable Object target) {
        locations.keep(location, target);
    }

    /// {@return whether the set-up or the reading of the outcome runs}
    public boolean isOutside() {
        return threads.current() == threads.outside();
    }

    void abandonIfOver() {
        if (aborting) {
            threads.passed();
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

    /// {@return the location that stands for whether a thread is interrupted}
    public Location interruptOf(ProgramThread thread) {
        return locations.ofThread(thread.id);
    }

    /// {@return the location that stands for whether a thread lives}
    public Location lifeOf(ProgramThread thread) {
        return locations.lifeOf(thread.id);
    }

    /// {@return the thread of the program that this virtual thread is, or that the program knows by this
    /// object; null if there is none}
    public @Nullable ProgramThread threadOf(Thread thread) {
        return threads.of(thread);
    }

    /// Does something without a switch of threads inside: what it touches belongs to the current step.
    ///
    /// @param promised  whether the called code promises to be atomic, also where it calls the program back
    public <T extends @Nullable Object> T whole(boolean promised, Whole<T> code) throws Exception {
        ProgramThread me = threads.current();
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
        if (isOutside()) {
            return false;
        }
        locations.touch(location, threads.current().id, write);
        return location.shared || everything;
    }

    /// {@return the step that was done last}
    public Step lastStep() {
        return conductor.steps().getLast();
    }

    /// {@return the objects whose state is kept in this schedule}
    public Set<Object> modelled() {
        return models.keySet();
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
        return threads.isHeard();
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

    /// {@return where the last call was made, by any thread}
    @Nullable
    AccessSite lastSite() {
        return lastSite;
    }

    boolean isRefusal(Throwable thrown) {
        return thrown == refusal;
    }

    /// A thread waits where nobody can let it go on.
    void refuseWait(String message) {
        if (refusal == null) {
            refusal = new NotModelledException(message);
        }
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
