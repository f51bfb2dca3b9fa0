/// Standard output, error and input of user code.
@NullMarked
package threadbook.kernel.output;

import org.jspecify.annotations.NullMarked;
