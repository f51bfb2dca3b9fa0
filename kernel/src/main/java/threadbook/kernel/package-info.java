/// The kernel: arguments, and the one place that wires everything.
@NullMarked
package threadbook.kernel;

import org.jspecify.annotations.NullMarked;
