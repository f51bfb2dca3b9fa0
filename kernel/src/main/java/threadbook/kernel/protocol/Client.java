package threadbook.kernel.protocol;

/// The other end, as the rooms that answer see it: no socket, no bytes.
///
/// Any thread may call it at any time. What one thread says keeps its order, and nothing is lost
/// or throws because the calling thread is interrupted. Only [#publish] may wait, and only on a
/// thread that is not the kernel's own: while more is on its way than the kernel is willing to hold.
public interface Client {

    /// Answers a request, on the channel that it came from.
    void reply(Origin to, Reply reply);

    /// Tells every client what happens because of a request.
    void publish(Origin parent, Publication publication);

    /// Asks whoever sent a request for a line of input.
    ///
    /// @return the question's `msg_id`, which the [Request.InputReply] names
    String ask(Origin parent, InputRequest question);
}
