package threadbook.kernel.output;

import java.util.Optional;
import java.util.function.Supplier;
import threadbook.kernel.cell.Cell;

/// The `System.out`, `System.err` and `System.in` that user code gets: each call goes to the cell that
/// the calling thread belongs to.
public final class ProgramStreams {

    private ProgramStreams(Supplier<Optional<Cell>> cells) {}

    /// Puts the streams in place of those of the process; once, when the kernel starts.
    ///
    /// @param cells  the cell that the calling thread belongs to, if it does; asked at every call
    public static ProgramStreams install(Supplier<Optional<Cell>> cells) {
        return new ProgramStreams(cells);
    }

    /// Puts the same streams back where a cell has replaced them; at the beginning of each cell.
    public void restore() {}
}
