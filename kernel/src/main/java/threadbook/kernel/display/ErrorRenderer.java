package threadbook.kernel.display;

import java.util.List;
import threadbook.kernel.protocol.ErrorReport;

/// Turns an exception of a cell into readable text.
public final class ErrorRenderer {

    /// Renders an exception on the calling thread, because that runs the user's code; a misbehaving
    /// exception is still an error.
    public ErrorReport render(Throwable exception) {
        return new ErrorReport(
                exception.getClass().getName(), String.valueOf(exception.getMessage()), List.of(exception.toString()));
    }
}
