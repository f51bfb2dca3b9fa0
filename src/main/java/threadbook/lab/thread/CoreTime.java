package threadbook.lab.thread;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.StringTokenizer;

/// What the scheduler has given one thread since it started.
///
/// @param running  nanoseconds on a core
/// @param waiting  nanoseconds ready to run, in the run queue, but without a core
/// @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">/proc/PID/schedstat</a>
public record CoreTime(long running, long waiting) {

    /// Nothing yet.
    public static final CoreTime NONE = new CoreTime(0, 0);

    /// {@return the times of the calling platform thread, empty where the system does not count
    /// them}
    public static Optional<CoreTime> ofCurrentThread() {
        return of("/proc/thread-self/schedstat");
    }

    /// {@return the times in a `schedstat` file, empty if there is none (any longer)}
    public static Optional<CoreTime> of(String schedstat) {
        try (var file = new FileInputStream(schedstat)) {
            return Optional.of(parse(new String(file.readNBytes(80), java.nio.charset.StandardCharsets.US_ASCII)));
        } catch (IOException _) { // not Linux, or the thread has just ended
            return Optional.empty();
        }
    }

    static CoreTime parse(String line) {
        var fields = new StringTokenizer(line);
        return new CoreTime(Long.parseLong(fields.nextToken()), Long.parseLong(fields.nextToken()));
    }

    /// {@return both times added}
    public CoreTime plus(CoreTime other) {
        return new CoreTime(running + other.running, waiting + other.waiting);
    }

    /// {@return what was added since an earlier reading}
    public CoreTime minus(CoreTime earlier) {
        return new CoreTime(running - earlier.running, waiting - earlier.waiting);
    }
}
