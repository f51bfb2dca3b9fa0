package threadbook.kernel.protocol;

import java.util.List;

/// The request that an answer belongs to: its header, and the way back to whoever sent it.
///
/// @param door        where the request came in; its reply leaves there
/// @param identities  routing prefix of the sender, each byte as one char (ISO 8859-1)
/// @param header      the request's header
public record Origin(Door door, List<String> identities, Header header) {

    /// The channels on which requests come in.
    public enum Door {
        SHELL,
        CONTROL,
        STDIN
    }

    public Origin {
        identities = List.copyOf(identities);
    }
}
