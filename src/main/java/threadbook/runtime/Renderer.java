package threadbook.runtime;

import java.util.Map;
import java.util.Optional;

/// Draws values of classes that cannot draw themselves, such as Tablesaw's.
///
/// Found by [java.util.ServiceLoader] among the libraries that cells see. A class of ours needs none:
/// it has a public method `Map<String, String> mimeBundle()` (MIME type to content).
public interface Renderer {

    /// {@return the value as MIME type to content, or empty if this renderer does not know its class};
    /// called on the cell's thread
    Optional<Map<String, String>> render(Object value);
}
