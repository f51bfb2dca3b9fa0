/// Threads that wait for each other in a ring: found while the cell is busy, named, drawn.
@NullMarked
package threadbook.kernel.deadlock;

import org.jspecify.annotations.NullMarked;
