package threadbook.lab.explore.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One schedule as it went.
///
/// @param end      how it ended
/// @param outcome  what the program's outcome was read as; null unless the end is [End#COMPLETE]
/// @param steps    in their order
/// @param threads  all threads of the program, in the order of their ids
/// @param printed  what was printed, in order
/// @param turned   whether a location turned out to be shared that was not known as such
public record Schedule(
        End end,
        @Nullable Object outcome,
        List<Step> steps,
        List<ProgramThread> threads,
        List<Printed> printed,
        boolean turned) {

    /// How a schedule ended.
    public enum End {
        /// All threads ended.
        COMPLETE,
        /// No thread could go on.
        DEADLOCK,
        /// It had more steps than allowed, or a loop more turns.
        ENDLESS,
        /// The chooser had seen enough of it.
        CUT
    }

    /// A line, and who printed it before which step.
    public record Printed(ProgramThread thread, int step, String text) {}

    /// {@return how often the turn was taken from a thread that could have gone on}
    public int preemptions() {
        return (int) steps.stream().filter(Step::preempted).count();
    }
}
