/// Charts and tables as a notebook shows them: a picture that is always there, and a live chart on top
/// of it where scripts may run.
///
/// [threadbook.lab.figure.Charts] draws the charts of the lessons, and every Tablesaw `Figure` and
/// `Table` is shown as well. Both go the same way: Tablesaw writes JavaScript literals of 2021, we read
/// them as data, bring them up to what plotly.js accepts today, and publish four forms.
///
/// | form | who takes it |
/// |---|---|
/// | `text/html` | JupyterLab, Notebook, nbconvert: picture, data and the script that makes it live |
/// | `application/vnd.threadbook.chart+json` | the handout: `{data, layout, alt}` |
/// | `image/svg+xml` | editors and converters that want a picture |
/// | `text/plain` | the alternative text; what a screen reader says |
///
/// Plotly's own MIME type is left out on purpose: plotly.py's extension for JupyterLab would take it,
/// ignore updates, and store a PNG without alternative text in its place.
///
/// **Light and dark.** The picture stands on a white card of its own and does not follow the theme: an
/// SVG in an `<img>` cannot see the page, JupyterLab's theme is not the preference of the operating
/// system that the SVG could ask for, and a transparent picture would need greys that are faint on both
/// grounds. The live chart takes its colours from JupyterLab's theme and follows when it changes. A page
/// that puts the SVG inline can colour it by its classes, see [threadbook.lab.figure.svg].
///
/// Colours are those of Okabe and Ito, told apart by colour-blind readers; dashes, marker shapes and
/// hatching tell the series apart in grey print as well.
@NullMarked
package threadbook.lab.figure;

import org.jspecify.annotations.NullMarked;
