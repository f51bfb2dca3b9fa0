package threadbook.lab.explore.engine;

import threadbook.runtime.AccessSite;

/// `synchronized`, and `wait` and `notify`: the monitors of the program's objects.
///
/// The threads never take a real one of these: the VM would wake those who wait for it at a time of
/// its own. They take a stand-in that no other thread knows.
public final class Monitors {

    /// One object's monitor and those who wait at it.
    public record Monitor(Mutex mutex, Waiters waiters) {}

    private Monitors() {}

    /// {@return the monitor of an object in this schedule}
    public static Monitor of(Execution execution, Object object, AccessSite site) {
        return execution.monitor(object, site);
    }

    /// What a thread really takes in the place of an object's monitor; new each time.
    static final class StandIn {
        private final Object monitor;

        StandIn(Object monitor) {
            this.monitor = monitor;
        }
    }

    static Object enter(Execution execution, Object lock, AccessSite site) {
        execution.act(of(execution, lock, site).mutex.take(execution.current(), "enter", site));
        return new StandIn(lock);
    }

    static void exit(Execution execution, StandIn taken, AccessSite site) {
        if (!execution.aborting()) {
            execution.act(of(execution, taken.monitor, site).mutex.give(execution.current(), "leave", site));
        }
    }
}
