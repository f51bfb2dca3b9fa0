/// A tiny language of concurrent programs, its interpreter that enumerates every interleaving, and its
/// translation to Java: an opinion on the explorer that shares no code with it.
@NullMarked
package threadbook.lab.explore.mini;

import org.jspecify.annotations.NullMarked;
