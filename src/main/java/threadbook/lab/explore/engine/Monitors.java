package threadbook.lab.explore.engine;

import threadbook.runtime.AccessSite;
/// `synchronized`, and `wait` and `notify`: the monitors of the program's objects.
///
/// The threads never take a real one of these: the VM would wake those who wait for it at a time of
/// its own. They take a stand-in that no other thread knows.

public final class Monitors {

    /// One object's monitor and those who wait at it.
    public record Monitor(Mutex mutex, Mutex.Waiters waiters) {}

    private Monitors() {}

    /// {@return the monitor of an object in this schedule}
    public static Monitor of(Engine engine, Object object, AccessSite site) {
        return engine.monitor(object, site);
    }

    /// What a thread really takes in the place of an object's monitor; new each time.
    static final class StandIn {
        private final Object monitor;

        StandIn(Object monitor) {
            this.monitor = monitor;
        }
    }

    static Object enter(Engine engine, Object lock, AccessSite site) {
        engine.act(of(engine, lock, site).mutex.take(engine.current(), "enter", site));
        return new StandIn(lock);
    }

    static void exit(Engine engine, StandIn taken, AccessSite site) {
        if (!engine.aborting()) {
            engine.act(of(engine, taken.monitor, site).mutex.give(engine.current(), "leave", site));
        }
    }
}
