/// Which schedules are run, in which order: three searches with three promises.
@NullMarked
package threadbook.lab.explore.search;

import org.jspecify.annotations.NullMarked;
