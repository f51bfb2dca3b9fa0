package threadbook.runtime;

/// What the methods that stand at the top level of a notebook have in common.
public final class TopLevel {

    /// The monitor of every top-level `synchronized` method: they share one, as methods of one class do.
    public static final Object MONITOR = new Object();

    private TopLevel() {}
}
