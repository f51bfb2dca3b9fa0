package threadbook.kernel.wire;

import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Request;

/// What came in on a socket.
public sealed interface Incoming {

    /// A message from someone who knows the key.
    record Message(Origin origin, Request request) implements Incoming {}

    /// Something that cannot be answered: not a message, or signed by someone else.
    record Refused(String reason) implements Incoming {}
}
