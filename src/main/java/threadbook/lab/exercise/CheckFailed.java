package threadbook.lab.exercise;

import threadbook.runtime.Explained;

/// An exercise is not solved yet; the message is one line that helps.
///
/// An [AssertionError], so that nbgrader counts the cell as failed.
public final class CheckFailed extends AssertionError implements Explained {

    private static final long serialVersionUID = 1;

    /// @param message  what was found, and what to look at
    public CheckFailed(String message) {
        super(message);
    }

    /// @param message  what was found, and what to look at
    /// @param cause    what the student's code threw
    public CheckFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
