package threadbook.lab.explore.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// The state of something that one thread at a time can hold, as often as it likes, and of those who
/// wait to be notified by its holder: a monitor, or a lock.
public final class Mutex {
    final Object object; // what the program locks
    final Location location;

    @Nullable
    ProgramThread owner;

    int holds;

    /// @param object    what the program locks
    /// @param location  stands for it
    public Mutex(Object object, Location location) {
        this.object = object;
        this.location = location;
    }

    /// {@return who holds it, or null}
    public @Nullable ProgramThread owner() {
        return owner;
    }

    /// {@return how often its owner holds it, 0 if nobody does}
    public int holds() {
        return holds;
    }

    /// {@return whether that thread could take it now}
    public boolean isFreeFor(ProgramThread thread) {
        return owner == null || owner == thread;
    }

    /// {@return the location that stands for it}
    public Location location() {
        return location;
    }

    /// {@return the step that takes it}
    public Operation take(ProgramThread by, String verb, AccessSite site) {
        return new Take(this, by, 1, verb, null, site);
    }

    /// {@return the step that takes it, or ends by [InterruptedException]}
    public Operation takeInterruptibly(Engine engine, ProgramThread by, AccessSite site) {
        return new Take(this, by, 1, "lock", engine, site);
    }

    /// {@return the step that takes it if it is free, and tells by a Boolean whether it was}
    ///
    /// @param timed  whether it would wait for a while: then an interrupt ends it, too
    public Operation tryTake(Engine engine, ProgramThread by, boolean timed, AccessSite site) {
        return new Try(this, by, timed ? engine : null, site);
    }

    private int[] footprint(@Nullable Engine engine, ProgramThread by) {
        return engine == null
                ? location.writePrint
                : new int[] {location.writePrint[0], engine.interruptOf(by).readPrint[0]};
    }

    /// {@return the step that gives it back once}
    ///
    /// @param by  its owner
    public Operation give(ProgramThread by, String verb, AccessSite site) {
        return new Give(this, by, verb, site);
    }

    private static class Take extends Operation {
        final Mutex mutex;
        final ProgramThread by;
        final @Nullable Engine engine; // null if an interrupt is ignored
        private final int times;
        private final String verb;
        boolean taken;

        Take(Mutex mutex, ProgramThread by, int times, String verb, @Nullable Engine engine, AccessSite site) {
            super(site);
            this.mutex = mutex;
            this.by = by;
            this.times = times;
            this.verb = verb;
            this.engine = engine;
        }

        @Override
        public boolean enabled() {
            return mutex.isFreeFor(by) || engine != null && by.interrupted;
        }

        @Override
        public @Nullable Object run(int branch) throws InterruptedException {
            if (engine != null && by.takeInterrupt()) {
                throw new InterruptedException();
            }
            mutex.owner = by;
            mutex.holds += times;
            taken = true;
            return null;
        }

        @Override
        public int[] footprint() {
            return mutex.footprint(engine, by);
        }

        @Override
        public int[] acquires() {
            return taken ? new int[] {mutex.location.id} : super.acquires();
        }

        @Override
        public @Nullable Object locks() {
            return taken ? mutex.object : null;
        }

        @Override
        public Object awaited() {
            return mutex.object;
        }

        @Override
        public List<ProgramThread> holders() {
            return mutex.owner == null ? List.of() : List.of(mutex.owner);
        }

        @Override
        public String verb() {
            return verb;
        }
    }

    private static final class Try extends Take {
        Try(Mutex mutex, ProgramThread by, @Nullable Engine engine, AccessSite site) {
            super(mutex, by, 1, "tryLock", engine, site);
        }

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Object run(int branch) throws InterruptedException {
            if (mutex.isFreeFor(by)) {
                super.run(branch);
            } else if (engine != null && by.takeInterrupt()) {
                throw new InterruptedException();
            }
            return taken;
        }
    }

    private static final class Give extends Operation {
        private final Mutex mutex;
        private final ProgramThread by;
        private final String verb;

        Give(Mutex mutex, ProgramThread by, String verb, AccessSite site) {
            super(site);
            this.mutex = mutex;
            this.by = by;
            this.verb = verb;
        }

        @Override
        public @Nullable Object run(int branch) {
            if (mutex.owner != by) {
                throw new IllegalMonitorStateException(by + " does not hold it");
            }
            if (--mutex.holds == 0) {
                mutex.owner = null;
            }
            return null;
        }

        @Override
        public int[] footprint() {
            return mutex.location.writePrint;
        }

        @Override
        public int[] releases() {
            return new int[] {mutex.location.id};
        }

        @Override
        public Object unlocks() {
            return mutex.object;
        }

        @Override
        public String verb() {
            return verb;
        }
    }

    /// Those who wait to be notified.
    public static final class Waiters {
        private final Mutex mutex;
        private final Location location;
        private final List<ProgramThread> waiting = new ArrayList<>();

        /// @param location  stands for the condition; that of the mutex for a monitor
        public Waiters(Mutex mutex, Location location) {
            this.mutex = mutex;
            this.location = location;
        }

        /// Lets the current thread wait, as `Object.wait` and `Condition.await` do.
        ///
        /// @param timed          whether it may go on by itself
        /// @param interruptible  whether an interrupt ends it
        /// @return whether it was notified; otherwise its time was over or it woke for no reason
        /// @throws InterruptedException          if the thread was interrupted
        /// @throws IllegalMonitorStateException  if the thread does not hold the mutex
        public boolean await(Engine engine, boolean timed, boolean interruptible, String verb, AccessSite site)
                throws Throwable {
            ProgramThread me = engine.current();
            if (mutex.owner != me) {
                throw new IllegalMonitorStateException(
                        "%s does not hold what it waits for (%s)".formatted(me, Places.of(site)));
            }
            int holds = mutex.holds;
            engine.perform(new Begin(this, me, interruptible ? engine : null, verb, site));
            var end = new End(this, engine, me, timed, interruptible, holds, verb, site);
            engine.perform(end);
            if (end.early) {
                engine.perform(new Take(mutex, me, holds, "take again after " + verb, null, site));
            }
            if (end.byInterrupt) {
                throw new InterruptedException();
            }
            return !end.early;
        }

        /// {@return the step that wakes one thread, each being a branch of its own, or all}
        public Operation notify(ProgramThread by, boolean all, String verb, AccessSite site) {
            return new Wake(this, by, all, verb, site);
        }
    }

    private static final class Begin extends Operation {
        private final Waiters waiters;
        private final ProgramThread me;
        private final @Nullable Engine engine; // null if an interrupt is ignored
        private final String verb;

        Begin(Waiters waiters, ProgramThread me, @Nullable Engine engine, String verb, AccessSite site) {
            super(site);
            this.waiters = waiters;
            this.me = me;
            this.engine = engine;
            this.verb = verb;
        }

        @Override
        public @Nullable Object run(int branch) throws InterruptedException {
            if (engine != null && me.takeInterrupt()) {
                throw new InterruptedException();
            }
            waiters.mutex.owner = null;
            waiters.mutex.holds = 0;
            waiters.waiting.add(me);
            return null;
        }

        @Override
        public int[] footprint() {
            return engine == null ? both(waiters) : Engine.joined(both(waiters), engine.interruptOf(me).readPrint);
        }

        @Override
        public int[] releases() {
            return new int[] {waiters.mutex.location.id};
        }

        @Override
        public Object unlocks() {
            return waiters.mutex.object;
        }

        @Override
        public String verb() {
            return verb;
        }
    }

    private static final class End extends Operation {
        private final Waiters waiters;
        private final Engine engine;
        private final ProgramThread me;
        private final boolean timed;
        private final boolean interruptible;
        private final int holds;
        private final String verb;
        private boolean early; // it has left before it was notified and has yet to take the mutex
        private boolean byInterrupt;

        End(
                Waiters waiters,
                Engine engine,
                ProgramThread me,
                boolean timed,
                boolean interruptible,
                int holds,
                String verb,
                AccessSite site) {
            super(site);
            this.waiters = waiters;
            this.engine = engine;
            this.me = me;
            this.timed = timed;
            this.interruptible = interruptible;
            this.holds = holds;
            this.verb = verb;
        }

        private boolean notified() {
            return !waiters.waiting.contains(me);
        }

        private boolean interrupted() {
            return interruptible && me.interrupted;
        }

        @Override
        public boolean enabled() {
            return notified() ? waiters.mutex.owner == null : timed || interrupted() || engine.mayWakeSpuriously();
        }

        @Override
        public @Nullable Object run(int branch) {
            if (notified()) {
                waiters.mutex.owner = me;
                waiters.mutex.holds = holds;
            } else {
                early = true;
                waiters.waiting.remove(me);
                if (interrupted()) {
                    byInterrupt = me.takeInterrupt();
                } else if (!timed) {
                    engine.wokeSpuriously();
                }
            }
            return null;
        }

        @Override
        public int[] footprint() {
            int[] all = both(waiters);
            if (interruptible) {
                all = Engine.joined(all, engine.interruptOf(me).readPrint);
            }
            return timed ? all : Engine.joined(all, engine.spuriousPrint()); // all share the few wake-ups
        }

        @Override
        public int[] acquires() {
            return early ? super.acquires() : new int[] {waiters.mutex.location.id};
        }

        @Override
        public @Nullable Object locks() {
            return early ? null : waiters.mutex.object;
        }

        @Override
        public Object awaited() {
            return waiters.mutex.object;
        }

        @Override
        public List<ProgramThread> holders() {
            return notified() && waiters.mutex.owner != null ? List.of(waiters.mutex.owner) : List.of();
        }

        @Override
        public String verb() {
            return early ? "wake up early" : "wake up from " + verb;
        }
    }

    private static final class Wake extends Operation {
        private final Waiters waiters;
        private final ProgramThread by;
        private final boolean all;
        private final String verb;

        Wake(Waiters waiters, ProgramThread by, boolean all, String verb, AccessSite site) {
            super(site);
            this.waiters = waiters;
            this.by = by;
            this.all = all;
            this.verb = verb;
        }

        @Override
        public int branches() {
            return all ? 1 : Math.max(1, waiters.waiting.size());
        }

        @Override
        public @Nullable Object run(int branch) {
            if (waiters.mutex.owner != by) {
                throw new IllegalMonitorStateException(by + " does not hold what it notifies");
            }
            if (all) {
                waiters.waiting.clear();
            } else if (!waiters.waiting.isEmpty()) {
                waiters.waiting.remove(branch);
            }
            return null;
        }

        @Override
        public int[] footprint() {
            return both(waiters);
        }

        @Override
        public String verb() {
            return verb;
        }
    }

    private static int[] both(Waiters waiters) {
        return waiters.location == waiters.mutex.location
                ? waiters.location.writePrint
                : new int[] {waiters.location.writePrint[0], waiters.mutex.location.writePrint[0]};
    }
}
