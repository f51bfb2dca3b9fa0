/// The exercises of the lessons: what a student predicts, claims or repairs, and how it is judged.
///
/// An exercise is a class here and not text in a notebook, so that its answer cannot be read in
/// the lesson and is tested like everything else. A new one: implement one of the kinds of
/// [threadbook.lab.exercise.Exercise] and add it to `ExerciseBook`.
///
/// Imports `measure` for what is claimed and `thread` for what is run.
@NullMarked
package threadbook.lab.exercise;

import org.jspecify.annotations.NullMarked;
