/// What woven code and the helper library call, and what a notebook kernel answers.
///
/// Small and stable, visible to cells. Imports nothing of ours; knows neither Jupyter nor the kernel.
@NullMarked
package threadbook.runtime;

import org.jspecify.annotations.NullMarked;
