package threadbook.lab.process;

/// A process did not come to its result: its body threw, which is the cause, or it ended before.
public final class ChildFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChildFailedException(String message) {
        super(message);
    }

    ChildFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
