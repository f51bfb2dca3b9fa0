package threadbook.kernel.interrupt;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import threadbook.runtime.StopSites;

/// The second rung: the stop sites in woven code, which end every loop and every recursion of a cell.
///
/// They are armed only while a thread that is to stop could run: for one that is stuck for ever, all
/// other cells would go slower for ever.
final class StopRung {
    private final Set<Interruption> stopped = ConcurrentHashMap.newKeySet();

    /// Loads what the first interrupt would otherwise wait for.
    static void rehearse() {
        StopSites.arm(() -> false);
        StopSites.disarm();
    }

    void add(Interruption run) {
        stopped.add(run);
        StopSites.arm(this::stopsCurrentThread);
    }

    void remove(Interruption run) {
        stopped.remove(run);
    }

    /// Arms or frees the stop sites, as the threads of the stopped runs demand at this moment.
    void arm() {
        if (stopped.stream().anyMatch(run -> !run.ended() || runs(run.threads()))) {
            StopSites.arm(this::stopsCurrentThread);
        } else {
            StopSites.disarm();
        }
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

    private static boolean runs(List<Thread> threads) {
        return threads.stream().anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
    }
}
