/// Draws plotly's JSON as a static SVG: text in, text out, without a window system and within a
/// millisecond or two.
@NullMarked
package threadbook.lab.figure.svg;

import org.jspecify.annotations.NullMarked;
