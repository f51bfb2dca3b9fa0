package threadbook.kernel.cell;

import java.util.Optional;
import threadbook.kernel.protocol.MimeBundle;

/// Where one run of a cell sends what it shows; bound to the request that ran it.
///
/// Any thread may call it at any time, also after the cell ended. Nothing here throws because the
/// calling thread is interrupted, and nothing is lost; what one thread sends keeps its order.
public interface CellOutput {

    /// The two text streams of a program.
    enum Stream {
        STDOUT,
        STDERR
    }

    /// Appends text to one of the streams; whole lines given at once stay whole.
    void text(Stream stream, String text);

    /// Shows a value, under a display id where it is to be updated later.
    void display(MimeBundle bundle, Optional<String> id);

    /// Replaces what was shown under the display id, wherever it was shown.
    void update(MimeBundle bundle, String id);

    /// Removes what the cell has shown so far; with `wait` only when the next output comes.
    void clear(boolean wait);

    /// Asks the person at the front end for one line and waits for it.
    ///
    /// @return the line without its end
    /// @throws InputRefusedException  if the request did not allow asking
    /// @throws InterruptedException   if the calling thread is interrupted while it waits
    String input(String prompt, boolean password) throws InterruptedException;
}
