package threadbook.kernel.output;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.CellOutput.Stream;

/// The `System.out`, `System.err` and `System.in` that user code gets: each call goes to the cell that
/// the calling thread belongs to. Text of a thread without a cell goes to the process's own streams.
public final class ProgramStreams {
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;

    private ProgramStreams(Supplier<Optional<Cell>> cells) {
        out = new CellPrintStream(Stream.STDOUT, cells, System.out);
        err = new CellPrintStream(Stream.STDERR, cells, System.err);
        in = new CellInputStream(cells);
    }

    /// Puts the streams in place of those of the process; once, when the kernel starts.
    ///
    /// @param cells  the cell that the calling thread belongs to, if it does; asked at every call
    public static ProgramStreams install(Supplier<Optional<Cell>> cells) {
        // IO.readln decodes System.in by this property; the streams speak UTF-8 whatever the locale.
        System.setProperty("stdin.encoding", "UTF-8");
        var streams = new ProgramStreams(cells);
        streams.restore();
        return streams;
    }

    /// Puts the same streams back where a cell has replaced them; at the beginning of each cell.
    public void restore() {
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }
}
