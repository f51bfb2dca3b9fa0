package threadbook.kernel.cell;

/// One error that javac found in a cell.
///
/// @param key      javac's own name of the error, such as `compiler.err.cant.resolve.location`
/// @param message  javac's text in English, possibly of several lines
/// @param start    where it begins in the cell's code, in UTF-16 units, inclusive; -1 where unknown
/// @param end      where it ends, exclusive; at least `start`
public record Problem(String key, String message, int start, int end) {}
