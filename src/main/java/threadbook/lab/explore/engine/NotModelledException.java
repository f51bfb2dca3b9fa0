package threadbook.lab.explore.engine;

/// The program does something that exploring cannot judge; the message says what and where.
public final class NotModelledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message  what was found and where, and what to try
    public NotModelledException(String message) {
        super(message);
    }
}
