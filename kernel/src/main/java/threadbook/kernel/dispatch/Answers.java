package threadbook.kernel.dispatch;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication.State;
import threadbook.kernel.protocol.Publication.Status;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Reply.ErrorReply;
import threadbook.kernel.thread.Reserve;

/// The frame around every request: busy, the handler, its reply, idle. Any thread may call it.
///
/// @param log  where a handler that fails is reported, besides its error reply
record Answers(Client client, PrintStream log) {
    private static final Status BUSY = new Status(State.BUSY);
    private static final Status IDLE = new Status(State.IDLE);
    private static final Reply FULL = new ErrorReply(error("OutOfMemoryError", "the notebook's memory is full"));

    void answer(Origin origin, Supplier<Reply> handler) {
        busy(origin);
        replyAndIdle(origin, reported(origin, handler));
    }

    /// Answers with an error: what is wrong, and what to try.
    void refuse(Origin origin, String name, String message) {
        answer(origin, () -> new ErrorReply(error(name, message)));
    }

    void busy(Origin origin) {
        client.publish(origin, BUSY);
    }

    void idle(Origin origin) {
        client.publish(origin, IDLE);
    }

    void replyAndIdle(Origin origin, Reply reply) {
        client.reply(origin, reply);
        idle(origin);
    }

    /// Ends a request for whose answer there was no memory.
    void memoryFull(Origin origin) {
        Reserve.open();
        replyAndIdle(origin, FULL);
    }

    /// Runs a handler; what it throws becomes an error reply, so that no request ends a kernel
    /// thread.
    Reply reported(Origin origin, Supplier<Reply> handler) {
        try {
            return handler.get();
        } catch (Throwable failure) { // the boundary: reported here, to the client and to the log
            if (Reserve.exhausted(failure)) {
                Reserve.open();
                return FULL;
            }
            log.println("threadbook: " + origin.header().type() + " failed");
            failure.printStackTrace(log);
            String message = Objects.requireNonNullElse(failure.getMessage(), "");
            return new ErrorReply(error(failure.getClass().getSimpleName(), message));
        }
    }

    private static ErrorReport error(String name, String message) {
        return new ErrorReport(name, message, List.of(name + ": " + message));
    }
}
