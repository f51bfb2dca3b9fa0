/// What the code of a program can come to, read from its class files.
///
/// Imports nothing of ours.
@NullMarked
package threadbook.lab.code;

import org.jspecify.annotations.NullMarked;
