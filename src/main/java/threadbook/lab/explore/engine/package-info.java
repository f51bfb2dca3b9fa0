/// Runs a program of several threads one step at a time, in an order that somebody else chooses.
///
/// The threads are virtual ones on an executor of our own, so only one runs at a time and it runs until
/// its next step: an access to a location that another thread uses, or an operation on a synchroniser.
/// What a step is stands in the package `threadbook.lab.explore`.
@NullMarked
package threadbook.lab.explore.engine;

import org.jspecify.annotations.NullMarked;
