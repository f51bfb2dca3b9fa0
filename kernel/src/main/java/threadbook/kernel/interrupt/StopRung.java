package threadbook.kernel.interrupt;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import threadbook.runtime.StopSites;

/// The second rung: the stop sites in woven code, which end every loop and every recursion of a cell.
///
/// They are armed only while a thread that is to stop could run: for one that is stuck for ever, all
/// other cells would go slower for ever.
final class StopRung {
    private final Set<Interruption> stopped = ConcurrentHashMap.newKeySet();

    /// The processor time that threads of runs that have ended had used at the last look, in ns; used by
    /// the ladder's thread alone.
    private Map<Thread, Long> used = Map.of();

    /// Loads what the first interrupt would otherwise wait for.
    static void rehearse() {
        StopSites.arm(() -> false);
        StopSites.disarm();
    }

    void add(Interruption run) {
        if (stopped.add(run)) {
            StopSites.arm(this::stopsCurrentThread);
        }
    }

    void remove(Interruption run) {
        stopped.remove(run);
    }

    /// Arms or frees the stop sites, as the threads of the stopped runs demand at this moment.
    void arm() {
        boolean open = false;
        var now = new HashMap<Thread, Long>();
        for (Interruption run : stopped) {
            if (!run.ended()) {
                open = true;
            } else {
                run.threads().stream().filter(StopRung::mayRun).forEach(thread -> now.put(thread, timeOf(thread)));
            }
        }
        boolean run = now.entrySet().stream()
                .anyMatch(one -> one.getValue() < 0 || !one.getValue().equals(used.get(one.getKey())));
        used = now;
        if (open || run) {
            StopSites.arm(this::stopsCurrentThread);
        } else {
            StopSites.disarm();
        }
    }

    /// {@return the processor time that the thread has used, in ns; -1 for a virtual thread}
    private static long timeOf(Thread thread) {
        return Times.THREADS.getThreadCpuTime(thread.threadId());
    }

    /// Apart, because it takes time to load and few need it.
    private static final class Times {
        static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    }

    private boolean stopsCurrentThread() {
        for (Interruption run : stopped) {
            if (run.ownsCurrentThread()) {
                return true;
            }
        }
        return false;
    }

    /// {@return whether one of the threads is in a cell's own code and waits for nothing}
    static boolean runsInCell(List<Thread> threads) {
        return threads.stream().anyMatch(thread -> {
            StackTraceElement[] stack = thread.getStackTrace();
            return thread.getState() == Thread.State.RUNNABLE
                    && stack.length > 0
                    && stack[0].getClassName().startsWith("REPL.");
        });
    }

    /// Whether it runs, as far as its state tells. A thread that waits for a socket counts as runnable, though
    /// it may be in native code for ever; one that waits for a class that another initialises, too, but uses
    /// no time. Sites that stay armed for those would change what other cells see: a loop on a plain field
    /// would see writes.
    private static boolean mayRun(Thread thread) {
        if (thread.getState() != Thread.State.RUNNABLE) {
            return false;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && !stack[0].isNativeMethod();
    }
}
