package threadbook.lab.explore.engine;

/// Decides which thread does the next step.
@FunctionalInterface
public interface Chooser {
    /// What to return where the schedule is not worth going on with.
    int CUT = -1;

    /// {@return the number of a choice, or [#CUT]}
    ///
    /// @param depth      how many steps were done before, from 0
    /// @param choices    at least one
    /// @param execution  what the threads are about to do
    int choose(int depth, Choices choices, Execution execution);
}
