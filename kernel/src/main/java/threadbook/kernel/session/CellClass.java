package threadbook.kernel.session;

import threadbook.kernel.cell.Cell;
import threadbook.weaving.Origin;

/// A class that a cell brought.
///
/// @param original  as javac made it
/// @param woven     as it is defined
/// @param origin    its source, and what of it did not reach the bytes
/// @param cell      the run that brought it
record CellClass(byte[] original, byte[] woven, Origin origin, Cell cell) {}
