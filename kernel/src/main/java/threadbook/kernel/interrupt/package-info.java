/// How a cell is left: the ladder of rungs from `Thread.interrupt` upwards.
@NullMarked
package threadbook.kernel.interrupt;

import org.jspecify.annotations.NullMarked;
