package threadbook.kernel.output;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.display.NotebookNames;

/// A print stream without a file behind it: what one call prints is appended at once to the output of
/// the cell that the calling thread belongs to.
///
/// Takes no lock, not even its own, and has no error or closed state: a thread that sleeps while it
/// holds `System.out`, or closes it, silences nobody. Lines end with `\n` on every system.
final class CellPrintStream extends PrintStream {
    private final CellOutput.Stream stream;
    private final Supplier<Optional<Cell>> cells;
    private final PrintStream process;

    /// The first bytes of a character whose rest the thread has not written yet; mostly none.
    private final ThreadLocal<Utf8Pieces> pieces = ThreadLocal.withInitial(Utf8Pieces::new);

    /// @param process  where text goes that belongs to no cell
    CellPrintStream(CellOutput.Stream stream, Supplier<Optional<Cell>> cells, PrintStream process) {
        super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.stream = stream;
        this.cells = cells;
        this.process = process;
    }

    private void append(String text) {
        String whole = pieces.get().end() + text;
        if (!whole.isEmpty()) {
            send(NotebookNames.tidy(whole));
        }
    }

    private void send(String text) {
        Optional<Cell> cell = cells.get();
        if (cell.isPresent()) {
            cell.get().output().text(stream, text);
        } else {
            process.print(text);
            process.flush();
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        String text = pieces.get().decode(bytes, offset, length);
        if (!text.isEmpty()) {
            send(text);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public boolean checkError() {
        return false;
    }

    @Override
    public void print(boolean b) {
        append(String.valueOf(b));
    }

    @Override
    public void print(char c) {
        append(String.valueOf(c));
    }

    @Override
    public void print(int i) {
        append(String.valueOf(i));
    }

    @Override
    public void print(long l) {
        append(String.valueOf(l));
    }

    @Override
    public void print(float f) {
        append(String.valueOf(f));
    }

    @Override
    public void print(double d) {
        append(String.valueOf(d));
    }

    @Override
    public void print(char[] s) {
        append(String.valueOf(s));
    }

    @Override
    public void print(@Nullable String s) {
        append(String.valueOf(s));
    }

    @Override
    public void print(@Nullable Object obj) {
        append(String.valueOf(obj));
    }

    @Override
    public void println() {
        append("\n");
    }

    @Override
    public void println(boolean b) {
        append(b + "\n");
    }

    @Override
    public void println(char c) {
        append(c + "\n");
    }

    @Override
    public void println(int i) {
        append(i + "\n");
    }

    @Override
    public void println(long l) {
        append(l + "\n");
    }

    @Override
    public void println(float f) {
        append(f + "\n");
    }

    @Override
    public void println(double d) {
        append(d + "\n");
    }

    @Override
    public void println(char[] s) {
        append(String.valueOf(s) + "\n");
    }

    @Override
    public void println(@Nullable String s) {
        append(s + "\n");
    }

    @Override
    public void println(@Nullable Object obj) {
        append(obj + "\n");
    }

    @Override
    public PrintStream format(String format, @Nullable Object @Nullable ... arguments) {
        append(String.format(format, arguments));
        return this;
    }

    @Override
    public PrintStream format(@Nullable Locale locale, String format, @Nullable Object @Nullable ... arguments) {
        append(String.format(locale, format, arguments));
        return this;
    }
}
