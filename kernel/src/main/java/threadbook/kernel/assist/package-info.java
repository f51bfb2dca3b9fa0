/// Help while typing: complete, inspect, is-complete. Positions are Unicode code points.
@NullMarked
package threadbook.kernel.assist;

import org.jspecify.annotations.NullMarked;
