package threadbook.lab.process;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Luggage;

/// One call on its way through a pool.
///
/// @param task      what it calls
/// @param argument  written, empty if there is none
/// @param result    completed by the worker's thread
// An array in a record: compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record Job(Task task, byte[] argument, CompletableFuture<@Nullable Object> result, Attempts attempts) {
    private static final int MOST = 2;

    /// A lambda that is called once or many times.
    ///
    /// @param program  has the classes of its results
    /// @param output   where its text appears
    /// @param changed  the variables that workers have changed for themselves, by their names
    record Task(Luggage luggage, ClassLoader program, CellOutput output, Set<String> changed) {

        static Task of(Luggage luggage, ClassLoader program) {
            return new Task(luggage, program, CellOutput.ofCurrentThread(), new ConcurrentSkipListSet<>());
        }

        /// Says once which variables were changed.
        void changed(List<String> names) {
            if (changed.addAll(names)) {
                output.show(Note.changed("A worker", names));
            }
        }
    }

    /// How often it was tried; used by one worker's thread after the other.
    static final class Attempts {
        private int count;
    }

    static Job of(Task task, byte[] argument) {
        return new Job(task, argument, new CompletableFuture<>(), new Attempts());
    }

    /// {@return whether it may be tried once more}
    boolean begin() {
        return ++attempts.count <= MOST;
    }

    boolean last() {
        return attempts.count >= MOST;
    }
}
