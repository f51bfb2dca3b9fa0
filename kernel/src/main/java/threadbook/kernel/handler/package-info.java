/// What is answered: one file per request.
@NullMarked
package threadbook.kernel.handler;

import org.jspecify.annotations.NullMarked;
