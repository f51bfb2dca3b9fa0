package threadbook.runtime;

/// What `System.exit` and its like do in a cell: they end the cell, not the notebook's process.
public final class Exit {
    private Exit() {}

    /// In the place of [System#exit].
    public static void exit(int status) {
        throw new ExitRefused("System.exit", status);
    }

    /// In the place of [Runtime#exit].
    public static void exit(Runtime runtime, int status) {
        throw new ExitRefused("Runtime.exit", status);
    }

    /// In the place of [Runtime#halt].
    public static void halt(Runtime runtime, int status) {
        throw new ExitRefused("Runtime.halt", status);
    }

    /// Ends a cell that tried to end the process.
    public static final class ExitRefused extends Error implements Explained {
        private static final long serialVersionUID = 1;

        ExitRefused(String call, int status) {
            super("""
                    %s(%s) would end the whole notebook with all its variables; only this cell ended.
                    To leave a method early use return; to restart Java use Kernel, Restart.\
                    """.formatted(call, status));
        }
    }
}
