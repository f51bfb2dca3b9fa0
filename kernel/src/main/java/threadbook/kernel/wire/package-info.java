/// How messages travel: frames, signature, JSON, connection file. Knows no socket and no Java
/// language.
@NullMarked
package threadbook.kernel.wire;

import org.jspecify.annotations.NullMarked;
