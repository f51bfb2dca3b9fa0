package threadbook.kernel.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;

/// A keyboard: when a thread reads, the person at the front end is asked for a line under the cell that
/// the thread belongs to. The line arrives as UTF-8 with `\n` at its end.
///
/// A read gives at most one line. What a cell leaves unread of a line is not offered to another cell.
/// A thread without a cell, and a person who answers with Ctrl-D, give the end of the stream.
final class CellInputStream extends InputStream {
    /// What ipykernel's clients send for the end of the input.
    private static final String CTRL_D = "\u0004";

    private final Supplier<Optional<Cell>> cells;

    // Guarded by this, which is never held while somebody is asked.
    private byte[] line = {};
    private int next;
    private @Nullable Cell owner;

    CellInputStream(Supplier<Optional<Cell>> cells) {
        this.cells = cells;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// Waits for a line if none is left.
    ///
    /// @throws InterruptedIOException  if the thread is interrupted while it waits; its flag is set again.
    ///     A `Scanner` takes that for the end of the input; an unchecked exception would leave it with
    ///     garbage in its buffer
    /// @throws threadbook.kernel.cell.InputRefusedException  if whoever runs the cell allows no questions
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        Optional<Cell> cell = cells.get();
        if (cell.isEmpty()) {
            return -1;
        }
        while (true) {
            int count = take(cell.get(), bytes, offset, length);
            if (count > 0) {
                return count;
            }
            String answer = ask(cell.get());
            if (answer.equals(CTRL_D)) {
                return -1;
            }
            put(cell.get(), answer);
        }
    }

    @Override
    public synchronized int available() {
        return cells.get().filter(cell -> cell == owner).isPresent() ? line.length - next : 0;
    }

    private static String ask(Cell cell) throws InterruptedIOException {
        try {
            // The prompt was printed already, by print(…) or IO.readln(…), and stands above the box.
            return cell.output().input("", false);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        }
    }

    private synchronized int take(Cell cell, byte[] bytes, int offset, int length) {
        if (owner != cell) {
            return 0;
        }
        int count = Math.min(length, line.length - next);
        System.arraycopy(line, next, bytes, offset, count);
        next += count;
        return count;
    }

    private synchronized void put(Cell cell, String answer) {
        byte[] added = (answer + "\n").getBytes(StandardCharsets.UTF_8);
        int rest = owner == cell ? line.length - next : 0;
        byte[] all = new byte[rest + added.length];
        System.arraycopy(line, line.length - rest, all, 0, rest);
        System.arraycopy(added, 0, all, rest, added.length);
        line = all;
        next = 0;
        owner = cell;
    }
}
