package threadbook.kernel.output;

import threadbook.runtime.Explained;

/// The thread was interrupted while it waited for a line that somebody was to type.
///
/// Unchecked and no `IOException`, because `Scanner` would take that for the end of the input and give
/// no line ever after.
public final class InputInterruptedException extends IllegalStateException implements Explained {
    private static final long serialVersionUID = 1;

    InputInterruptedException() {
        super("The cell was interrupted while it waited for input.");
    }
}
