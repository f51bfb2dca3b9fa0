package threadbook.kernel.session;

import threadbook.kernel.cell.Cell;

/// A class that a cell brought.
///
/// @param original  as javac made it
/// @param woven     as it is defined
/// @param cell      the run that brought it
record CellClass(byte[] original, byte[] woven, Cell cell) {}
