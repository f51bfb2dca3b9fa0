/// The other end: what runs in a process that a program has started.
@NullMarked
package threadbook.lab.process.child;

import org.jspecify.annotations.NullMarked;
