package threadbook.kernel.display;

import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.MimeBundle;

/// Turns a live value into the forms that a front end can show.
public final class ValueRenderer {

    /// Renders a value on the calling thread, because that runs the user's code.
    ///
    /// @throws RuntimeException  whatever the value's own methods throw; errors pass too
    public MimeBundle render(@Nullable Object value) {
        return MimeBundle.text(String.valueOf(value));
    }
}
