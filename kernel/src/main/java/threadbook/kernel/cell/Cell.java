package threadbook.kernel.cell;

/// One run of a cell, as asked for.
///
/// @param code    Java source, possibly empty; `%about` and the like where it begins with a magic
/// @param number  the execution count shown beside the cell, at least 1; names the cell in stack traces
/// @param output  where it shows things
public record Cell(String code, int number, CellOutput output) {}
