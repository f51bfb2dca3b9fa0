package threadbook.runtime;

/// Thrown in the threads of a cell that the user has stopped, wherever its code passes a stop site.
///
/// Code that catches it and goes on meets it again at the next stop site: the sites stay armed until
/// the threads of the cell have ended.
public final class CellStopped extends Error implements Explained {
    private static final long serialVersionUID = 1;

    /// Without a stack trace: a deep recursion with `finally` throws it thousands of times on its way out.
    public CellStopped() {
        super("The cell was stopped at the user's request.", null, false, false);
    }
}
