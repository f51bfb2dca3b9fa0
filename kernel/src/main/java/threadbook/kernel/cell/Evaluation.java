package threadbook.kernel.cell;

import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.MimeBundle;

/// How one run of a cell ended; values and errors are rendered already, on the cell's thread.
public sealed interface Evaluation {

    /// The last snippet was an expression with a value to show.
    record Value(MimeBundle bundle) implements Evaluation {}

    /// The cell ran to its end and has nothing to show.
    record Done() implements Evaluation {}

    /// A snippet did not compile; nothing of the cell ran and nothing that it declares stays.
    record Rejected(ErrorReport error) implements Evaluation {}

    /// A snippet threw; nothing after it ran.
    record Threw(ErrorReport error) implements Evaluation {}

    /// The user interrupted the cell.
    record Interrupted(ErrorReport error) implements Evaluation {}
}
