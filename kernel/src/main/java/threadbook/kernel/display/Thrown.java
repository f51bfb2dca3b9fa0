package threadbook.kernel.display;

/// Passes on what user code threw, as it is.
final class Thrown {
    private Thrown() {}

    /// Throws the exception, also a checked one: the cell is to end with the exception of its own code
    /// and not with a wrapper. Never returns; `throw Thrown.asIs(e)` tells the compiler so.
    static RuntimeException asIs(Throwable exception) {
        throw Thrown.<RuntimeException>unchecked(exception);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable exception) throws T {
        throw (T) exception;
    }
}
