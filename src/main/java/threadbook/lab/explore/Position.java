package threadbook.lab.explore;

import java.util.List;
import java.util.Map;

/// Where a program stands after some of its steps.
///
/// @param past       the steps so far, with what came out if that was the end
/// @param variables  what the shared variables hold, by name
/// @param threads    all threads that have begun, by id
/// @param next       what each thread is about to do, in the order of their ids; only those that have not
///                   ended
record Position(Replay past, Map<String, String> variables, Map<Integer, State> threads, List<Next> next) {

    /// A thread that has begun and may have ended.
    ///
    /// @param held  the locks that it holds
    record State(String name, List<String> held) {}

    /// What a thread is about to do.
    ///
    /// @param thread   its id
    /// @param name     its name
    /// @param ways     in how many ways it can go, 0 if it cannot
    /// @param text     what, as in "lock b"
    /// @param source   the text of the line, empty if nobody knows it
    /// @param place    where, as in "cell 7, line 3"
    /// @param reason   why it cannot go, as in "waits for b, which B holds"; empty if it can
    record Next(int thread, String name, int ways, String text, String source, String place, String reason) {
        boolean enabled() {
            return ways > 0;
        }

        /// {@return what and where}, as in "x = x + 1 (cell 7, line 3)"
        String where() {
            return source.isEmpty() ? place : source + " (" + place + ")";
        }
    }

    /// {@return whether no thread can go on, because all have ended or all wait}
    boolean over() {
        return !past.ending().isEmpty();
    }
}
