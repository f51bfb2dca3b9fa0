package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who did something to an object by which others may go on, and when.
final class Waker {
    private static final long LATE = 5_000_000; // ns after which a thread has told that it left a monitor

    private final Map<Object, TreeMap<Long, List<Long>>> moments = new IdentityHashMap<>(); // time: threads

    void add(long thread, List<Doing> doings) {
        for (Doing doing : doings) {
            boolean wakes = switch (doing.effect()) {
                case GIVES, WAKES -> true;
                case WAITS -> doing.blocked() == State.WAITING; // as a queue's put does
                case TAKES -> false;
            };
            if (wakes && doing.object() != null) {
                moments.computeIfAbsent(doing.object(), _ -> new TreeMap<>())
                        .computeIfAbsent(doing.begin(), _ -> new ArrayList<>(1))
                        .add(thread);
            }
        }
    }

    /// {@return the thread that did it last before a wait was over; -1 if there is none}
    ///
    /// @param thread  who waited
    long of(@Nullable Object object, long thread, long begin, long end) {
        var known = object == null ? null : moments.get(object);
        if (known == null) {
            return -1;
        }
        var last = last(known, thread, begin, end);
        var late = last == null ? last(known, thread, end, end + LATE) : null;
        return last != null ? last.getValue() : late != null ? late.getValue() : -1;
    }

    /// {@return when another thread did it last between two moments, and which; null if none did}
    private static Map.@Nullable Entry<Long, Long> last(
            TreeMap<Long, List<Long>> known, long thread, long begin, long end) {
        if (begin > end) {
            return null;
        }
        for (var moment : known.subMap(begin, true, end, true).descendingMap().entrySet()) {
            for (long other : moment.getValue()) {
                if (other != thread) {
                    return Map.entry(moment.getKey(), other);
                }
            }
        }
        return null;
    }
}
