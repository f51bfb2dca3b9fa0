package threadbook.lab.exercise;

import java.util.List;

/// A task of a lesson, which judges what a student hands in.
///
/// Immutable; the [ExerciseBook] remembers what students did.
public sealed interface Exercise {

    /// {@return its name: the number of the lesson and what it is about, such as `03-fix-counter`}
    String id();

    /// {@return the line of code that hands in a solution, with gaps to fill in}
    String usage();

    /// {@return three hints, each saying more: a question, the place to look at, nearly the
    /// solution}
    List<String> hints();

    /// Which results are possible: predicted before they are seen.
    non-sealed interface Prediction extends Exercise {

        /// {@return the praise, with the answer}
        ///
        /// @param predicted  texts of the values predicted, in the order given
        /// @param values     what was handed in to the check; may be anything
        /// @throws CheckFailed  if a possible one is missing or an impossible one is named
        Passed judge(List<String> predicted, List<Object> values);
    }

    /// What the student made or measured and hands in: a program, a schedule, a measurement.
    non-sealed interface Claim extends Exercise {

        /// {@return the praise}
        ///
        /// @param values  what was handed in; may be anything
        /// @throws CheckFailed  if it is not right yet
        Passed judge(List<Object> values);
    }
}
