package threadbook.lab.explore.search;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Access;
import threadbook.lab.explore.engine.Choices;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.Step;

/// Schedules that come to situations that no earlier one came to: a schedule is cut where it does what was seen.
///
/// Finds outcomes in a program whose schedules are too many to be counted: two threads that add to a counter ten
/// times each have 10^11 schedules but some 20 000 situations. Two situations count as the same if each thread has
/// done as many steps and the last thing it has read since it wrote is the same, and the locations hold the same. That
/// is a guess, for a thread may remember more. So what this does not find may still exist.
///
/// Use: run a schedule with it, then [#next], until that says no.
final class Novel implements Chooser {
    private static final int MANY = 500_000; // situations to remember, of some 50 bytes each

    private final DepthFirst all = DepthFirst.ofAll();
    private final Set<Long> seen = new HashSet<>();
    private int known; // how many steps of this schedule are those of the last one

    // Of the current schedule:
    private long[] threads = new long[8]; // by thread id: what it has done and read
    private long[] contents = new long[16]; // by location id

    @Override
    public int choose(int at, Choices choices, Execution execution) {
        if (at == 0) {
            Arrays.fill(threads, 0);
            Arrays.fill(contents, 0);
        } else {
            note(execution.lastStep());
        }
        if (at >= known && (seen.size() >= MANY || !seen.add(situation()))) {
            return CUT;
        }
        return all.choose(at, choices, execution);
    }

    /// Prepares the next schedule.
    ///
    /// @return whether there is one
    boolean next() {
        boolean more = all.next();
        known = all.decided();
        return more;
    }

    private void note(Step step) {
        int thread = step.thread().id();
        threads = atLeast(threads, thread);
        Operation operation = step.operation();
        if (operation instanceof Access access) {
            int location = step.footprint()[0] >> 1;
            contents = atLeast(contents, location);
            if (access.writes()) {
                contents[location] = access.isPrimitive()
                        ? of(access.value())
                        : mixed(thread, operation.site().hashCode());
            }
            long counted = (threads[thread] >>> 32) + 1;
            threads[thread] = counted << 32 | contents[location] & 0xffff_ffffL;
        } else {
            long done = mixed(threads[thread], mixed(operation.site().hashCode(), step.branch()));
            threads[thread] = done;
            for (int print : step.footprint()) {
                if ((print & 1) != 0) {
                    contents = atLeast(contents, print >> 1);
                    contents[print >> 1] = mixed(thread, done);
                }
            }
        }
    }

    private long situation() {
        return mixed(hash(threads), hash(contents));
    }

    private static long hash(long[] values) {
        long hash = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                hash += mixed(i, values[i]);
            }
        }
        return hash;
    }

    private static long of(@Nullable Object value) {
        return value == null ? 1 : mixed(1, value.hashCode());
    }

    /// Mixes the bits of both (the finalizer of SplitMix64).
    private static long mixed(long one, long other) {
        long z = one * 0x9e37_79b9_7f4a_7c15L + other;
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }

    private static long[] atLeast(long[] values, int index) {
        return index < values.length ? values : Arrays.copyOf(values, 2 * index + 1);
    }
}
