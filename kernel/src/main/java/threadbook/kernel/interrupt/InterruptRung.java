package threadbook.kernel.interrupt;

import java.util.List;

/// The first rung: `Thread.interrupt`, which ends sleep, wait, join and most waits of the JDK.
final class InterruptRung {
    private InterruptRung() {}

    static void take(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
    }
}
