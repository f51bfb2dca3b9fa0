/// Lines that are not Java: `%about`.
@NullMarked
package threadbook.kernel.magic;

import org.jspecify.annotations.NullMarked;
