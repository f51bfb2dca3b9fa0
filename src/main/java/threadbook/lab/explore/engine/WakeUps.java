package threadbook.lab.explore.engine;

/// Threads that wake up from a wait without having been notified, as the JDK allows: so many in one schedule.
final class WakeUps {
    private final int limit;
    private final Locations locations;
    private int count; // in the current schedule

    WakeUps(int limit, Locations locations) {
        this.limit = limit;
        this.locations = locations;
    }

    /// Begins another schedule.
    void begin() {
        count = 0;
    }

    /// {@return whether another thread may}
    boolean allowed() {
        return count < limit;
    }

    /// A thread has woken up so.
    void happened() {
        count++;
    }

    /// {@return what a wait for a notification touches besides, because few may wake up without one}
    int[] print() {
        return limit == 0 ? Execution.NONE : locations.spurious().writePrint;
    }
}
