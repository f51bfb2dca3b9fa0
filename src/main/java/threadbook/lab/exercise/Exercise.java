package threadbook.lab.exercise;

import java.util.List;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Reading;

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
        /// @throws CheckFailed  if a possible one is missing or an impossible one is named
        Passed judge(List<String> predicted);
    }

    /// What a measurement of the student shows.
    non-sealed interface Claim extends Exercise {

        /// {@return the praise}
        ///
        /// @param values  what was handed in; may be anything
        /// @throws CheckFailed  if the claim does not follow from the measurement
        Passed judge(List<Object> values);
    }

    /// Code of the student that must stand up to many threads.
    non-sealed interface Repair extends Exercise {

        /// {@return the praise}
        ///
        /// @param action   what many threads will do
        /// @param reading  reads what they have done
        /// @throws CheckFailed  if the action is still wrong
        Passed judge(Body action, Reading reading);
    }
}
