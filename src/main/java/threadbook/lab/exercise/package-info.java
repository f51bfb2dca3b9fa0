/// The exercises of the lessons: what a student predicts, hunts, repairs, tests or claims, and how it is judged.
///
/// An exercise is a class here and not text in a notebook, so that its answer cannot be read in
/// the lesson and is tested like everything else. Those of a lesson stand in its class, such as `Lesson03`;
/// most are of one of four kinds, which judge an explored program: `PossibleOutcomes`, `ScheduleHunt`,
/// `ProvenRepair`, `RevealingTest`.
///
/// Imports `explore` for programs, `measure` for what is measured and `runtime` to show a schedule.
@NullMarked
package threadbook.lab.exercise;

import org.jspecify.annotations.NullMarked;
