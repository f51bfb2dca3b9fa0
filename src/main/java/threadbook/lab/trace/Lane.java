package threadbook.lab.trace;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What one thread did, from its beginning to its end or to the end of the recording.
///
/// @param name      of the thread; those of one name have their number besides
/// @param kind      what sort of thread it is
/// @param segments  in order, without gaps
/// @param ended     whether the thread ended before the recording did
public record Lane(String name, Kind kind, List<Segment> segments, boolean ended) {
    public Lane {
        segments = List.copyOf(segments);
    }

    /// Sorts of threads.
    public enum Kind {
        /// The thread that called `trace`.
        CALLER,
        /// Began in the recorded code.
        PLATFORM,
        /// Began in the recorded code, and is no thread of the operating system.
        VIRTUAL,
        /// Was there before, in a pool, and has run recorded code.
        POOL
    }

    /// {@return when it began, nanoseconds since the code began}
    public long begin() {
        return segments.isEmpty() ? 0 : segments.getFirst().begin();
    }

    /// {@return when it ended, or the recording did}
    public long end() {
        return segments.isEmpty() ? 0 : segments.getLast().end();
    }

    /// {@return nanoseconds in each state that it was in}
    Map<State, Long> times() {
        var times = new EnumMap<State, Long>(State.class);
        segments.forEach(segment -> times.merge(segment.state(), segment.length(), Long::sum));
        return times;
    }
}
