package threadbook.kernel.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.Header;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ErrorOutput;
import threadbook.kernel.protocol.Publication.ExecuteInput;
import threadbook.kernel.protocol.Publication.ExecuteResult;
import threadbook.kernel.protocol.Publication.Status;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Reply.AbortedReply;
import threadbook.kernel.protocol.Reply.ErrorReply;
import threadbook.kernel.protocol.Reply.ExecuteErrorReply;
import threadbook.kernel.protocol.Reply.ExecuteReply;

/// A client without sockets, which notes what the kernel says: `cell-1: busy`, `cell-1: reply ok 1`.
final class FakeClient implements Client {
    /// Guarded by `this`.
    private final List<String> said = new ArrayList<>();

    /// Replies as they were, by the request's id; guarded by `this`.
    private final List<Reply> replies = new ArrayList<>();

    /// What is done as soon as something was said, by what was said; guarded by `this`.
    private final Map<String, Runnable> reactions = new HashMap<>();

    private int questions;

    static Origin shell(String id, String type) {
        return origin(Door.SHELL, id, type, null);
    }

    static Origin control(String id, String type) {
        return origin(Door.CONTROL, id, type, null);
    }

    static Origin origin(Door door, String id, String type, @Nullable Instant date) {
        return new Origin(door, List.of("me"), new Header(id, "session", type, date, null, "{}"));
    }

    /// Does something as soon as the kernel has said this, on the thread that has said it.
    synchronized void when(String line, Runnable reaction) {
        reactions.put(line, reaction);
    }

    /// Waits until the kernel has said this, and returns all that it has said so far.
    synchronized List<String> until(String line) throws InterruptedException {
        while (!said.contains(line)) {
            wait();
        }
        return List.copyOf(said);
    }

    /// What it has said about one request, once it is idle.
    List<String> about(String id) throws InterruptedException {
        return until(id + ": idle").stream()
                .filter(line -> line.startsWith(id + ": "))
                .map(line -> line.substring(id.length() + 2))
                .toList();
    }

    synchronized Reply lastReply() {
        return replies.getLast();
    }

    @Override
    public synchronized void reply(Origin to, Reply reply) {
        replies.add(reply);
        note(
                to,
                "reply "
                        + switch (reply) {
                            case ExecuteReply(int count, var _) -> "ok " + count;
                            case ExecuteErrorReply(int count, var error) -> "error " + count + " " + error.name();
                            case AbortedReply() -> "aborted";
                            case ErrorReply(var error) -> "error " + error.name();
                            default -> reply.getClass().getSimpleName();
                        });
    }

    @Override
    public synchronized void publish(Origin parent, Publication publication) {
        note(
                parent,
                switch (publication) {
                    case Status(var state) -> state.name().toLowerCase();
                    case Stream(var name, String text) -> name.name().toLowerCase() + " " + text;
                    case ExecuteInput(String code, int count) -> "input " + count + " " + code;
                    case ExecuteResult(int count, var bundle) -> "result " + count + " " + bundle.data();
                    case ErrorOutput(var error) -> "error " + error.name();
                    default -> publication.getClass().getSimpleName();
                });
    }

    @Override
    public synchronized String ask(Origin parent, InputRequest question) {
        note(parent, "asks " + question.prompt());
        return "question-" + ++questions;
    }

    private void note(Origin origin, String line) {
        String whole = origin.header().id() + ": " + line;
        said.add(whole);
        notifyAll();
        reactions.getOrDefault(whole, () -> {}).run();
    }
}
