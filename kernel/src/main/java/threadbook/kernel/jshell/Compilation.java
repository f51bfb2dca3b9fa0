package threadbook.kernel.jshell;

import java.util.List;
import threadbook.kernel.cell.Problem;

/// What became of a cell at the compiler.
public sealed interface Compilation {

    /// Every snippet compiled; nothing has run yet.
    record Compiled(Program program) implements Compilation {}

    /// A snippet did not compile: JShell knows what it knew before the cell, no class was loaded.
    ///
    /// @param problems  at least one, in the order of the cell
    record Rejected(List<Problem> problems) implements Compilation {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /// Given up on request; as if it had never begun.
    record Cancelled() implements Compilation {}
}
