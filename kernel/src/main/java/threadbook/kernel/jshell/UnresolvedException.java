package threadbook.kernel.jshell;

import threadbook.runtime.Explained;

/// A cell called what an earlier cell declared, which does not compile any more since something it uses
/// was declared anew.
final class UnresolvedException extends IllegalStateException implements Explained {
    private static final long serialVersionUID = 1;

    /// @param name    what was called
    /// @param reason  what is wrong with it now
    UnresolvedException(String name, String reason) {
        super("""
                "%s" does not fit any more to what it uses: %s.
                Run the cell that declares it again, after repairing it.\
                """.formatted(name, reason));
    }
}
