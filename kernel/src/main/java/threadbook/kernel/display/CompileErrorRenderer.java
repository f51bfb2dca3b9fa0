package threadbook.kernel.display;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import threadbook.kernel.cell.Problem;
import threadbook.kernel.protocol.ErrorReport;

/// Turns javac's errors in a cell into readable text.
public final class CompileErrorRenderer {

    /// @param names  the names that earlier cells declared, asked for only when a name is not found
    public CompileErrorRenderer(Supplier<? extends Collection<String>> names) {}

    /// Renders the errors of one cell; its name is `CompilationError`. Any thread may call it.
    ///
    /// @param code      the whole cell, to which the problems' positions refer
    /// @param problems  at least one
    public ErrorReport render(String code, List<Problem> problems) {
        String value = problems.getFirst().message();
        return new ErrorReport(
                "CompilationError",
                value,
                problems.stream().map(Problem::message).toList());
    }
}
