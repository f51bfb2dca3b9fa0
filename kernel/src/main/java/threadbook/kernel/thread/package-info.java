/// Which thread belongs to which cell.
@NullMarked
package threadbook.kernel.thread;

import org.jspecify.annotations.NullMarked;
