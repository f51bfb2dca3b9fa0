/// Lines that are not Java: `%about`, `%threads`, `%kill`, `%sump`.
@NullMarked
package threadbook.kernel.magic;

import org.jspecify.annotations.NullMarked;
