/// A value as a MIME bundle, an error as readable text. Runs user code, so only on a cell's thread.
@NullMarked
package threadbook.kernel.display;

import org.jspecify.annotations.NullMarked;
