/// A lock as CPython's: an object for code written by hand, what it costs, and the real CPython beside it.
@NullMarked
package threadbook.lab.gil;

import org.jspecify.annotations.NullMarked;
