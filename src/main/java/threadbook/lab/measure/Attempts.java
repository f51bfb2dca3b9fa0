package threadbook.lab.measure;

import java.time.Duration;
import java.util.function.LongSupplier;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.Condition;
import threadbook.lab.thread.WaitInterruptedException;

/// How often something was tried until it happened, or until the time was over.
///
/// ```java
/// until(3000, () -> {
///     counter = 0;
///     parallel(2, i -> times(100_000, () -> counter++));
///     return counter != 200_000;
/// })                              // seen at try 1, after 9.31 ms
/// ```
///
/// @param seen   whether it happened
/// @param tries  runs of the condition, at least 1; the last one made `seen` true
/// @param wall   wall-clock time of all tries
public record Attempts(boolean seen, long tries, Duration wall) {

    /// Runs the condition on the calling thread until it holds or the time is over; at least once.
    ///
    /// @param limitMillis  milliseconds after which no further try begins; a try that is under way
    ///                     ends
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    /// @throws BodyFailedException       if the condition throws a checked exception
    public static Attempts until(long limitMillis, Condition condition) {
        return until(limitMillis, condition, System::nanoTime);
    }

    static Attempts until(long limitMillis, Condition condition, LongSupplier clock) {
        if (limitMillis < 0) {
            throw new IllegalArgumentException("until needs a limit in milliseconds, at least 0, found " + limitMillis);
        }
        long start = clock.getAsLong();
        for (long tries = 1; ; tries++) {
            boolean seen = BodyFailedException.unchecked(condition::holds);
            long passed = clock.getAsLong() - start;
            if (seen || passed >= limitMillis * 1_000_000) {
                return new Attempts(seen, tries, Duration.ofNanos(passed));
            }
            if (Thread.interrupted()) {
                throw WaitInterruptedException.restoringFlag("until");
            }
        }
    }

    @Override
    public String toString() {
        return seen
                ? "seen at try %d, after %s".formatted(tries, TimeText.of(wall.toNanos()))
                : "not seen in %d tries, %s; that does not prove that it cannot happen"
                        .formatted(tries, TimeText.of(wall.toNanos()));
    }
}
