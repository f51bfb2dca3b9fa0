package threadbook.lab.process.travel;

/// Stands for an exception that cannot travel: says what that one said, with its frames.
public final class StrandedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StrandedException(Throwable original) {
        super(original.toString(), original.getCause() == null ? null : new StrandedException(original.getCause()));
        setStackTrace(original.getStackTrace());
    }
}
