package threadbook.kernel.wire;

import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Reply;

/// What goes out on a socket.
public sealed interface Outgoing {

    record Answer(Origin to, Reply reply) implements Outgoing {}

    record Question(Origin to, InputRequest question, String id) implements Outgoing {}

    record Broadcast(Origin parent, Publication publication) implements Outgoing {}

    /// The kernel begins to speak; nobody asked for it.
    record Starting() implements Outgoing {}

    /// Someone has subscribed: tells when nothing published is missed any more (JEP 65).
    ///
    /// @param subscription  the topic, UTF-8
    /// @see <a href="https://jupyter.org/enhancement-proposals/65-jupyter-xpub/jupyter-xpub.html">JEP 65</a>
    record Welcome(String subscription) implements Outgoing {}
}
