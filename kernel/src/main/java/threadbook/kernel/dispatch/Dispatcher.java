package threadbook.kernel.dispatch;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import threadbook.kernel.assist.Assistant;
import threadbook.kernel.cell.Session;
import threadbook.kernel.handler.CompleteHandler;
import threadbook.kernel.handler.ExecuteHandler;
import threadbook.kernel.handler.History;
import threadbook.kernel.handler.InspectHandler;
import threadbook.kernel.handler.IsCompleteHandler;
import threadbook.kernel.handler.KernelInfoHandler;
import threadbook.kernel.handler.Questions;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Ports;
import threadbook.kernel.protocol.Publication.CommClosed;
import threadbook.kernel.protocol.Publication.ShutdownNotice;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Reply.CommInfoReply;
import threadbook.kernel.protocol.Reply.ConnectReply;
import threadbook.kernel.protocol.Reply.InterruptReply;
import threadbook.kernel.protocol.Reply.ShutdownReply;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.protocol.Request.CommClose;
import threadbook.kernel.protocol.Request.CommInfoRequest;
import threadbook.kernel.protocol.Request.CommMessage;
import threadbook.kernel.protocol.Request.CommOpen;
import threadbook.kernel.protocol.Request.CompleteRequest;
import threadbook.kernel.protocol.Request.ConnectRequest;
import threadbook.kernel.protocol.Request.ExecuteRequest;
import threadbook.kernel.protocol.Request.HistoryRequest;
import threadbook.kernel.protocol.Request.InputReply;
import threadbook.kernel.protocol.Request.InspectRequest;
import threadbook.kernel.protocol.Request.InterruptRequest;
import threadbook.kernel.protocol.Request.IsCompleteRequest;
import threadbook.kernel.protocol.Request.KernelInfoRequest;
import threadbook.kernel.protocol.Request.Malformed;
import threadbook.kernel.protocol.Request.ShutdownRequest;
import threadbook.kernel.protocol.Request.Unknown;
import threadbook.kernel.thread.KernelThread;

/// Decides where and when each request is served.
///
/// Cells wait in the [CellQueue]. What needs the compiler is served on the thread `assist`, one
/// after the other. Everything else is served at once on the thread that received it; so all but
/// cells are answered while a cell runs.
public final class Dispatcher {
    private final Client client;
    private final Session session;
    private final Ports ports;
    private final PrintStream log;
    private final Answers answers;
    private final History history = new History();
    private final Questions questions;
    private final CellQueue cells;
    private final KernelInfoHandler kernelInfo = new KernelInfoHandler();
    private final CompleteHandler complete;
    private final InspectHandler inspect;
    private final IsCompleteHandler isComplete;
    private final ExecutorService assist = Executors.newSingleThreadExecutor(task -> new KernelThread(task, "assist"));
    private final CompletableFuture<Boolean> shutdown = new CompletableFuture<>();

    /// @param outputLimit  how many bytes a cell may show
    public Dispatcher(
            Client client, Session session, Assistant assistant, Ports ports, long outputLimit, PrintStream log) {
        this.client = client;
        this.session = session;
        this.ports = ports;
        this.log = log;
        answers = new Answers(client, log);
        questions = new Questions(client);
        cells = new CellQueue(answers, new ExecuteHandler(client, session, questions, history, outputLimit), session);
        complete = new CompleteHandler(assistant);
        inspect = new InspectHandler(assistant);
        isComplete = new IsCompleteHandler(assistant);
        cells.start();
    }

    /// {@return completed once a client has asked the kernel to end and was answered}
    public CompletableFuture<Boolean> shutdown() {
        return shutdown;
    }

    /// Takes a request; each door's thread calls it for its own, one at a time. Never blocks for
    /// long, never throws.
    public void receive(Origin origin, Request request) {
        if (origin.door() == Door.STDIN) {
            receiveOnStdin(origin, request);
        } else if (origin.header().subshell() != null) {
            answers.refuse(
                    origin, "NoSuchSubshell", """
                    There is no subshell %s: this kernel has none.
                    Send the request without subshell_id.\
                    """.formatted(origin.header().subshell()));
        } else {
            serve(origin, request);
        }
    }

    private void receiveOnStdin(Origin origin, Request request) {
        if (request instanceof InputReply reply) {
            questions.answer(reply);
        } else {
            log.println("threadbook: dropped a message on stdin: expected input_reply, found "
                    + origin.header().type());
        }
    }

    private void serve(Origin origin, Request request) {
        switch (request) {
            case ExecuteRequest cell -> execute(origin, cell);
            case CompleteRequest code -> assist(origin, () -> complete.handle(code));
            case InspectRequest code -> assist(origin, () -> inspect.handle(code));
            case IsCompleteRequest code -> assist(origin, () -> isComplete.handle(code));
            case KernelInfoRequest() -> answers.answer(origin, kernelInfo::handle);
            case ConnectRequest() -> answers.answer(origin, () -> new ConnectReply(ports));
            case HistoryRequest lines -> answers.answer(origin, () -> history.handle(lines));
            case CommInfoRequest _ -> answers.answer(origin, CommInfoReply::new);
            case CommOpen(String id, String _) -> refuseComm(origin, id);
            case CommMessage(String id) -> refuseComm(origin, id);
            case CommClose _ -> noReply(origin);
            case InterruptRequest() -> answers.answer(origin, this::interrupt);
            case ShutdownRequest(boolean restart) -> shutDown(origin, restart);
            case InputReply _ -> log.println("threadbook: dropped an input_reply that did not come on stdin");
            case Unknown() -> refuseUnknown(origin);
            case Malformed(String reason) -> answers.refuse(origin, "MalformedMessage", reason);
        }
    }

    private void execute(Origin origin, ExecuteRequest cell) {
        if (origin.door() == Door.SHELL) {
            cells.add(origin, cell);
        } else {
            answers.refuse(origin, "WrongChannel", """
                    execute_request came on the control channel.
                    Cells wait for each other: send them on the shell channel.\
                    """);
        }
    }

    private void assist(Origin origin, Supplier<Reply> handler) {
        assist.execute(() -> answers.answer(origin, handler));
    }

    /// A comm that nobody here knows is closed at once; comm messages have no reply.
    private void refuseComm(Origin origin, String id) {
        answers.busy(origin);
        client.publish(origin, new CommClosed(id));
        answers.idle(origin);
    }

    private void noReply(Origin origin) {
        answers.busy(origin);
        answers.idle(origin);
    }

    private void refuseUnknown(Origin origin) {
        String type = origin.header().type();
        if (type.endsWith("_request")) {
            answers.refuse(origin, "UnknownRequest", """
                    This kernel does not know %s.
                    kernel_info_reply names the features that it has.\
                    """.formatted(type));
        } else {
            log.println("threadbook: nothing is known of the message type " + type);
            noReply(origin);
        }
    }

    private Reply interrupt() {
        cells.abort();
        session.interrupt();
        return new InterruptReply();
    }

    private void shutDown(Origin origin, boolean restart) {
        answers.answer(origin, () -> {
            client.publish(origin, new ShutdownNotice(restart));
            return new ShutdownReply(restart);
        });
        shutdown.complete(restart);
    }
}
