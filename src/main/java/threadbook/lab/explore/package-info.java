/// All that could have happened when threads run: every interleaving of plain Java.
@NullMarked
package threadbook.lab.explore;

import org.jspecify.annotations.NullMarked;
