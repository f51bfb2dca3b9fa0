/// The stopwatch room: how long something takes, how much faster it gets, and on what machine.
///
/// Imports `thread` for what it runs and `figure` for how it is drawn.
@NullMarked
package threadbook.lab.measure;

import org.jspecify.annotations.NullMarked;
