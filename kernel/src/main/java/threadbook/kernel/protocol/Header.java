package threadbook.kernel.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who asked, when, and what: the header of a request.
///
/// @param id        `msg_id`, made by the client
/// @param session   the client's session; many requests share it
/// @param type      `msg_type`, such as `execute_request`
/// @param date      when it was made, by the client's clock; null if the client did not say
/// @param subshell  the subshell that is to answer; null for the kernel itself
/// @param json      the whole header as it was sent, which answers carry as their parent header
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header">Message header</a>
public record Header(
        String id,
        String session,
        String type,
        @Nullable Instant date,
        @Nullable String subshell,
        String json) {

    /// {@return the type of the reply to this request: `execute_reply` for `execute_request`}
    public String replyType() {
        String stem = type.endsWith("_request") ? type.substring(0, type.length() - "_request".length()) : type;
        return stem + "_reply";
    }
}
