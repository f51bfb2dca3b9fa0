/// Draws plotly's JSON as a static SVG: text in, text out, without a window system, within a
/// millisecond or two. Imports nothing of ours.
///
/// The way of a chart: [StaticSvg] makes the axes and one `Marks` for each trace; each of those says
/// what its axes must reach; the axes find their ranges and ticks; the frame finds the margins; then
/// grid, marks, axes, legend and annotations are written in this order.
///
/// Colours are plain attributes, which every viewer knows. What has the colour of text, grid or paper
/// also has a class, `chart-ink`, `chart-stroke`, `chart-rule` or `chart-paper`: a page that puts the
/// SVG inline may colour these for its dark mode, since any rule of CSS wins over an attribute.
@NullMarked
package threadbook.lab.figure.svg;

import org.jspecify.annotations.NullMarked;
