/// Threads as a cell starts them: bodies that may throw, thread builders, groups that are awaited.
///
/// Imports nothing of ours.
@NullMarked
package threadbook.lab.thread;

import org.jspecify.annotations.NullMarked;
