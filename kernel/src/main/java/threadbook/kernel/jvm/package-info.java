/// What only native code can ask of the JVM, asked from Java through the foreign-function interface: throw
/// in another thread, give a class new bodies. Each door tests itself when it opens and may stay closed.
@NullMarked
package threadbook.kernel.jvm;

import org.jspecify.annotations.NullMarked;
