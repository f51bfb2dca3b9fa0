package threadbook.lab.measure;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;

/// How long one run of a body took.
///
/// One run is an anecdote: the first runs of new code are interpreted, and other programs take
/// cores away. Compare with `compare` and `speedup`, which repeat.
///
/// ```java
/// var t = time(() -> sleep(100));
/// t.seconds()                     // 0.1 and a little
/// ```
///
/// @param wall  what a clock on the wall would say, at least 0
/// @param cpu   what the calling thread spent on a core, without the threads that it started;
///              empty for a virtual thread, whose time the JVM does not count
public record Timed(Duration wall, Optional<Duration> cpu) {

    /// Runs the body once on the calling thread. Its exceptions and its interruption pass through.
    ///
    /// @throws BodyFailedException  if it throws a checked exception
    public static Timed of(Body body) {
        long cpu = ThreadClock.cpuNanos();
        long wall = System.nanoTime();
        BodyFailedException.unchecked(body);
        long wallSpent = System.nanoTime() - wall;
        return new Timed(
                Duration.ofNanos(wallSpent),
                cpu == ThreadClock.UNKNOWN
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(ThreadClock.cpuNanos() - cpu)));
    }

    /// {@return the wall-clock time in seconds}
    public double seconds() {
        return wall.toNanos() / 1e9;
    }

    /// {@return the wall-clock time in milliseconds}
    public double millis() {
        return wall.toNanos() / 1e6;
    }

    @Override
    public String toString() {
        return TimeText.of(wall.toNanos())
                + cpu.map(time -> String.format(Locale.ROOT, ", of which %s on a core", TimeText.of(time.toNanos())))
                        .orElse("");
    }
}
