package threadbook.lab.explore.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// The state of something that one thread at a time can hold, as often as it likes: a monitor, or a lock.
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
    public Operation takeInterruptibly(Execution execution, ProgramThread by, AccessSite site) {
        return new Take(this, by, 1, "lock", execution, site);
    }

    /// {@return the step that takes it if it is free, and tells by a Boolean whether it was}
    ///
    /// @param timed  whether it would wait for a while: then an interrupt ends it, too
    public Operation tryTake(Execution execution, ProgramThread by, boolean timed, AccessSite site) {
        return new Try(this, by, timed ? execution : null, site);
    }

    private int[] footprint(@Nullable Execution execution, ProgramThread by) {
        return execution == null
                ? location.writePrint
                : new int[] {location.writePrint[0], execution.locations().interruptOf(by).readPrint[0]};
    }

    /// {@return the step that gives it back once}
    ///
    /// @param by  its owner
    public Operation give(ProgramThread by, String verb, AccessSite site) {
        return new Give(this, by, verb, site);
    }

    /// {@return the step that takes it again after a wait}
    ///
    /// @param times  how often it was held before
    Operation takeAgain(ProgramThread by, int times, String verb, AccessSite site) {
        return new Take(this, by, times, verb, null, site);
    }

    private static class Take extends Operation {
        final Mutex mutex;
        final ProgramThread by;
        final @Nullable Execution execution; // null if an interrupt is ignored
        private final int times;
        private final String verb;
        boolean taken;

        Take(Mutex mutex, ProgramThread by, int times, String verb, @Nullable Execution execution, AccessSite site) {
            super(site);
            this.mutex = mutex;
            this.by = by;
            this.times = times;
            this.verb = verb;
            this.execution = execution;
        }

        @Override
        public boolean enabled() {
            return mutex.isFreeFor(by) || execution != null && by.interrupted;
        }

        @Override
        public @Nullable Object run(int branch) throws InterruptedException {
            if (execution != null && by.takeInterrupt()) {
                throw new InterruptedException();
            }
            mutex.owner = by;
            mutex.holds += times;
            taken = true;
            return null;
        }

        @Override
        public int[] footprint() {
            return mutex.footprint(execution, by);
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
        private boolean over;

        Try(Mutex mutex, ProgramThread by, @Nullable Execution execution, AccessSite site) {
            super(mutex, by, 1, "tryLock", execution, site);
        }

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Object run(int branch) throws InterruptedException {
            if (mutex.isFreeFor(by)) {
                super.run(branch);
            } else if (execution != null && by.takeInterrupt()) {
                throw new InterruptedException();
            }
            over = true;
            return taken;
        }

        @Override
        public @Nullable Boolean answer() {
            return over ? taken : null;
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
}
