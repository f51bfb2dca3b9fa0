/// A cell's life: source, classes, values; compile all, then run, or roll back.
@NullMarked
package threadbook.kernel.cell;

import org.jspecify.annotations.NullMarked;
