/// What really happens: programs run on the machine at hand, many times, and counted.
///
/// Beside `explore`, which tells what can happen.
@NullMarked
package threadbook.lab.observe;

import org.jspecify.annotations.NullMarked;
