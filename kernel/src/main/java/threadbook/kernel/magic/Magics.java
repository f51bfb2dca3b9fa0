package threadbook.kernel.magic;

import java.util.List;
import java.util.Optional;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.protocol.ErrorReport;

/// The lines of a cell that speak to the kernel instead of Java, such as `%about`.
public final class Magics {

    /// Tells magic lines from Java.
    public static Split split(String code) {
        return new Split(List.of(), code);
    }

    /// Runs the magic lines in their order, before any Java of the cell is compiled; what they show
    /// goes to the output.
    ///
    /// @return the error that the cell ends with, if one of them failed or does not exist
    public Optional<ErrorReport> run(Split split, CellOutput output) {
        return Optional.empty();
    }

    /// A cell taken apart.
    ///
    /// @param lines  the magic lines, in order
    /// @param java   the cell with its magic lines overwritten by spaces, so that positions stay true
    public record Split(List<MagicLine> lines, String java) {
        public Split {
            lines = List.copyOf(lines);
        }
    }

    /// @param name       without its `%`
    /// @param arguments  what follows the name, trimmed, possibly empty
    /// @param line       its line in the cell, 1 is the first
    public record MagicLine(String name, String arguments, int line) {}
}
