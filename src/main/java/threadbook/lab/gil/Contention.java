package threadbook.lab.gil;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;

/// How contended a lock was, as a thread saw that knocked at it again and again.
///
/// The knocks come at moments that do not depend on the threads, so the share of knocks that found the lock
/// taken is the share of the time in which it was. The idea is that of gilknocker.
///
/// @param knocks      how often the lock was asked for
/// @param taken       share of the knocks that found another thread in it, 0 to 1
/// @param medianWait  half of those that had to wait got the lock within this time
/// @param longestWait  the longest of the waits
/// @see <a href="https://github.com/milesgranger/gilknocker">gilknocker</a>
public record Contention(int knocks, double taken, Duration medianWait, Duration longestWait) {
    static final Duration GLANCE = Duration.ofMillis(500);
    private static final long PAUSE = Duration.ofMillis(2).toNanos();
    private static final long NONE = -1; // a knock that found the lock free

    static Contention during(GlobalLock lock, Body body) {
        var waits = new ConcurrentLinkedQueue<Long>();
        Thread knocker = Thread.ofPlatform()
                .daemon(true)
                .name("gil knocker")
                .unstarted(() -> knockUntilInterrupted(lock, waits));
        knocker.start();
        try {
            BodyFailedException.unchecked(body);
        } finally {
            knocker.interrupt();
        }
        return of(waits.stream().mapToLong(Long::longValue).toArray());
    }

    private static void knockUntilInterrupted(GlobalLock lock, ConcurrentLinkedQueue<Long> waits) {
        while (!Thread.currentThread().isInterrupted()) {
            boolean taken = lock.isHeld();
            long asked = System.nanoTime();
            try {
                lock.run(() -> waits.add(taken ? System.nanoTime() - asked : NONE));
            } catch (WaitInterruptedException _) {
                return; // the body has ended while this knock waited
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    static Contention of(long[] waits) {
        long[] waited =
                Arrays.stream(waits).filter(wait -> wait != NONE).sorted().toArray();
        return new Contention(
                waits.length,
                waits.length == 0 ? 0 : (double) waited.length / waits.length,
                Duration.ofNanos(waited.length == 0 ? 0 : waited[waited.length / 2]),
                Duration.ofNanos(waited.length == 0 ? 0 : waited[waited.length - 1]));
    }

    /// {@return the same as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/plain", toString());
    }

    @Override
    public String toString() {
        if (taken == 0) {
            return "free at all %d knocks".formatted(knocks);
        }
        return String.format(
                Locale.ROOT,
                "taken at %.0f %% of %d knocks; to get it then took %.1f ms (median), %.1f ms at most",
                100 * taken,
                knocks,
                medianWait.toNanos() / 1e6,
                longestWait.toNanos() / 1e6);
    }
}
