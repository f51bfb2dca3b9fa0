package threadbook.kernel.protocol;

import java.util.List;

/// An error as a front end shows it: the fields of the `error` publication and of an error reply.
///
/// @param name       the exception's own class, or `CompilationError`
/// @param value      its message, possibly empty
/// @param traceback  the lines to show, each possibly with ANSI colours; never empty
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#execution-errors">Execution errors</a>
public record ErrorReport(String name, String value, List<String> traceback) {
    public ErrorReport {
        traceback = List.copyOf(traceback);
    }
}
