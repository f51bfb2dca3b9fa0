/// Processes: programs that are run, lambdas of a cell in JVMs of their own, pools of such JVMs, and how they
/// talk to each other.
@NullMarked
package threadbook.lab.process;

import org.jspecify.annotations.NullMarked;
