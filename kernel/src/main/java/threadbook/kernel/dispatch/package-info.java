/// When requests are served: the cell queue; busy, handler, reply, idle; abort behind an error.
@NullMarked
package threadbook.kernel.dispatch;

import org.jspecify.annotations.NullMarked;
