package threadbook.lab.explore.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// The threads that wait to be notified by the holder of a [Mutex], at its monitor or at one of its conditions.
public final class Waiters {
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
    public boolean await(Execution execution, boolean timed, boolean interruptible, String verb, AccessSite site)
            throws Throwable {
        ProgramThread me = execution.current();
        if (mutex.owner != me) {
            throw new IllegalMonitorStateException(
                    "%s does not hold what it waits for (%s)".formatted(me, Places.of(site)));
        }
        int holds = mutex.holds;
        execution.perform(new Begin(this, me, interruptible ? execution : null, verb, site));
        var end = new End(this, execution, me, timed, interruptible, holds, verb, site);
        execution.perform(end);
        if (end.early) {
            execution.perform(mutex.takeAgain(me, holds, "take again after " + verb, site));
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

    private int[] footprint() {
        return location == mutex.location
                ? location.writePrint
                : new int[] {location.writePrint[0], mutex.location.writePrint[0]};
    }

    private static final class Begin extends Operation {
        private final Waiters waiters;
        private final ProgramThread me;
        private final @Nullable Execution execution; // null if an interrupt is ignored
        private final String verb;

        Begin(Waiters waiters, ProgramThread me, @Nullable Execution execution, String verb, AccessSite site) {
            super(site);
            this.waiters = waiters;
            this.me = me;
            this.execution = execution;
            this.verb = verb;
        }

        @Override
        public @Nullable Object run(int branch) throws InterruptedException {
            if (execution != null && me.takeInterrupt()) {
                throw new InterruptedException();
            }
            waiters.mutex.owner = null;
            waiters.mutex.holds = 0;
            waiters.waiting.add(me);
            return null;
        }

        @Override
        public int[] footprint() {
            return execution == null
                    ? waiters.footprint()
                    : joined(waiters.footprint(), execution.locations().interruptOf(me).readPrint);
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
        private final Execution execution;
        private final ProgramThread me;
        private final boolean timed;
        private final boolean interruptible;
        private final int holds;
        private final String verb;
        private boolean early; // it has left before it was notified and has yet to take the mutex
        private boolean byInterrupt;

        End(
                Waiters waiters,
                Execution execution,
                ProgramThread me,
                boolean timed,
                boolean interruptible,
                int holds,
                String verb,
                AccessSite site) {
            super(site);
            this.waiters = waiters;
            this.execution = execution;
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
            return notified()
                    ? waiters.mutex.owner == null
                    : timed || interrupted() || execution.wakeUps().allowed();
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
                    execution.wakeUps().happened();
                }
            }
            return null;
        }

        @Override
        public int[] footprint() {
            int[] all = waiters.footprint();
            if (interruptible) {
                all = joined(all, execution.locations().interruptOf(me).readPrint);
            }
            return timed ? all : joined(all, execution.wakeUps().print()); // all share the few wake-ups
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
            return waiters.footprint();
        }

        @Override
        public String verb() {
            return verb;
        }
    }
}
