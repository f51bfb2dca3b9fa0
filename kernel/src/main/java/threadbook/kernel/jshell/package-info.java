/// The one owner of the JShell instance; the only importer of `jdk.jshell`. JShell compiles, it never runs.
@NullMarked
package threadbook.kernel.jshell;

import org.jspecify.annotations.NullMarked;
