package threadbook.lab.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lock, a monitor or a semaphore, and how much of it was taken when.
///
/// @param object   itself
/// @param name     what the program calls it
/// @param permits  how many a semaphore has in all, as far as it was seen; 1 of a lock
/// @param steps    in order of time; the first is after the first that was taken
record Guard(Object object, String name, int permits, List<Step> steps) {
    Guard {
        steps = List.copyOf(steps);
    }

    /// From here on so many are taken, the last of them by this thread.
    ///
    /// @param by  the thread that took or gave back
    record Step(long time, int taken, String by) {}

    /// {@return the most that was taken at once}
    int peak() {
        return steps.stream().mapToInt(Step::taken).max().orElse(0);
    }

    boolean is(@Nullable Object other) {
        return object == other;
    }
}
