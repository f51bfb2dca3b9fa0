/// Lines that are not Java: `%about`, `%threads`, `%kill`, `%dump`, `%%gil`.
@NullMarked
package threadbook.kernel.magic;

import org.jspecify.annotations.NullMarked;
