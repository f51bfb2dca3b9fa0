package threadbook.kernel.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One value in several forms, from which the front end takes the richest that it can show.
///
/// A form whose MIME type is `application/json` or ends in `+json` holds JSON text and travels as
/// JSON; every other form travels as a string.
///
/// @param data  MIME type to content, in the order given; not empty for a value that is shown
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data">display_data</a>
public record MimeBundle(Map<String, String> data) {
    public MimeBundle {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /// {@return a bundle with the single form `text/plain`}
    public static MimeBundle text(String text) {
        return new MimeBundle(Map.of("text/plain", text));
    }
}
