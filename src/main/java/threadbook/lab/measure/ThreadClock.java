package threadbook.lab.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// The time that the calling thread has spent on a core.
final class ThreadClock {

    /// What [#cpuNanos] says for a virtual thread, and where the system does not count.
    static final long UNKNOWN = -1;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ThreadClock() {}

    /// {@return nanoseconds on a core since the calling thread started, or [#UNKNOWN]}
    static long cpuNanos() {
        boolean counted = !Thread.currentThread().isVirtual() && THREADS.isCurrentThreadCpuTimeSupported();
        return counted ? THREADS.getCurrentThreadCpuTime() : UNKNOWN;
    }
}
