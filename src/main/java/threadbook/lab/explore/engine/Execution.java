package threadbook.lab.explore.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// One execution of the program, by one schedule: what models, choosers and watchers may ask and do meanwhile.
///
/// Used again for the next schedule. Used by one thread at a time: the explorer's, or the program's thread that
/// it has resumed.
public final class Execution {
    static final int[] NONE = {};

    private final @Nullable ClassLoader program;
    private final Refusals refusals = new Refusals();
    private final ProgramThreads threads = new ProgramThreads(this, refusals);
    private final Locations locations;
    private final Calls calls;
    private final WakeUps wakeUps;
    private final Turns turns = new Turns(this);
    private volatile boolean stopRequested; // set by any thread

    // Of the current schedule:
    private final IdentityHashMap<Object, Object> models = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Monitors.Monitor> monitors = new IdentityHashMap<>();
    private final List<Runnable> cleanups = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private List<Schedule.Printed> printed = new ArrayList<>();
    private boolean aborting;
    private boolean endless;
    private @Nullable AccessSite lastSite; // of a call, of any thread

    /// @param program        the loader of the classes that are woven
    /// @param calls          what is done instead of calls into code that is not woven
    /// @param spuriousLimit  how many waiting threads may wake up for no reason in one schedule
    Execution(@Nullable ClassLoader program, Calls calls, int spuriousLimit) {
        this.program = program;
        locations = new Locations(program, threads);
        this.calls = calls;
        wakeUps = new WakeUps(spuriousLimit, locations);
    }

    /// Begins another schedule.
    void begin() {
        locations.begin();
        threads.begin();
        models.clear();
        monitors.clear();
        wakeUps.begin();
        cleanups.clear();
        steps = new ArrayList<>();
        printed = new ArrayList<>();
        aborting = false;
        endless = false;
        refusals.begin();
    }

    /// Ends the schedule: its threads, and what it has changed.
    void end() {
        aborting = true;
        threads.unwind();
        cleanups.reversed().forEach(Runnable::run);
        locations.restore();
    }

    /// {@return what the program's threads touch}
    public Locations locations() {
        return locations;
    }

    /// {@return what the program calls its objects now}
    public Names names() {
        return new Names(locations.statics(), program);
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    Refusals refusals() {
        return refusals;
    }

    ProgramThreads programThreads() {
        return threads;
    }

    /// {@return the thread that does the current step; one that is none of the program's during set-up}
    public ProgramThread current() {
        return threads.current();
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

    /// Does something after this schedule, before the program's variables are put back.
    public void afterwards(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    /// Keeps a line that the program prints.
    public void print(String text) {
        if (!isOutside()) {
            printed.add(new Schedule.Printed(threads.current(), steps.size(), text));
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
        return turns.perform(operation);
    }

    /// Does something without a switch of threads inside: what it touches belongs to the current step.
    ///
    /// @param promised  whether the called code promises to be atomic, also where it calls the program back
    public <T extends @Nullable Object> T whole(boolean promised, Whole<T> code) throws Exception {
        return turns.whole(promised, code);
    }

    Turns turns() {
        return turns;
    }

    /// The current thread does something that is no step but which a loop's next turn may find.
    public void progress() {
        threads.current().changed();
    }

    /// Notes that a thread reads or writes a location, in the step that it does.
    void written(ProgramThread thread, int print) {
        Location location = locations.of(print >> 1);
        if ((print & 1) != 0) {
            location.version++;
            thread.changed();
        } else {
            thread.seen.add(new ProgramThread.Seen(location, location.version));
        }
    }

    void done(Step step) {
        steps.add(step);
    }

    /// {@return the steps that were done, to which more are added}
    List<Step> steps() {
        return steps;
    }

    List<Schedule.Printed> printed() {
        return printed;
    }

    /// {@return how many steps of this schedule were done}
    public int stepsDone() {
        return steps.size();
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

    /// {@return what to throw where the program cannot be explored}
    public RuntimeException refuse(String found, String advice) {
        return refusals.add(found, advice);
    }

    /// Passes on what ends the schedule: no model may keep it for the program.
    public void rethrowRefusal(Throwable thrown) {
        if (refusals.has(thrown)) {
            refusals.throwIfAny();
        }
        abandonIfOver();
    }

    /// {@return the monitor of an object in this schedule}
    Monitors.Monitor monitor(Object object, AccessSite site) {
        return monitors.computeIfAbsent(object, _ -> {
            Location location = locations.object(object, site);
            Mutex mutex = new Mutex(object, location);
            return new Monitors.Monitor(mutex, new Waiters(mutex, location));
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

    /// {@return the thread of the program that this virtual thread is, or that the program knows by this
    /// object; null if there is none}
    public @Nullable ProgramThread threadOf(Thread thread) {
        return threads.of(thread);
    }

    /// {@return the step that was done last}
    public Step lastStep() {
        return steps.getLast();
    }

    /// {@return the objects whose state is kept in this schedule}
    public Set<Object> modelled() {
        return models.keySet();
    }

    boolean isHeard() {
        return threads.isHeard();
    }

    void stop(boolean requested) {
        stopRequested = requested;
    }

    boolean isStopped() {
        return stopRequested;
    }

    boolean isEndless() {
        return endless;
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
}
