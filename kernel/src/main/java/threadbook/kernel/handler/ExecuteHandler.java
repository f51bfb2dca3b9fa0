package threadbook.kernel.handler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.cell.Evaluation.Done;
import threadbook.kernel.cell.Evaluation.Interrupted;
import threadbook.kernel.cell.Evaluation.Rejected;
import threadbook.kernel.cell.Evaluation.Threw;
import threadbook.kernel.cell.Evaluation.Value;
import threadbook.kernel.cell.Session;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ErrorOutput;
import threadbook.kernel.protocol.Publication.ExecuteInput;
import threadbook.kernel.protocol.Publication.ExecuteResult;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Reply.ExecuteErrorReply;
import threadbook.kernel.protocol.Reply.ExecuteReply;
import threadbook.kernel.protocol.Reply.Expression;
import threadbook.kernel.protocol.Request.ExecuteRequest;
import threadbook.kernel.thread.KernelThread;

/// Runs one cell: `execute_input`, what the cell shows, its result or error, and the reply.
///
/// Only the cell queue's thread calls it.
///
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute">Execute</a>
public final class ExecuteHandler {
    /// How far behind a notice may be that says what is left out.
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final Client client;
    private final Session session;
    private final Questions questions;
    private final History history;
    private final long outputLimit;
    private final ScheduledThreadPoolExecutor notices =
            new ScheduledThreadPoolExecutor(1, task -> new KernelThread(task, "notices"));

    /// The number of the last cell that was counted; 0 before the first. Only the queue's thread
    /// uses it.
    private int count;

    /// @param outputLimit  how many bytes a cell may show
    public ExecuteHandler(Client client, Session session, Questions questions, History history, long outputLimit) {
        this.client = client;
        this.session = session;
        this.questions = questions;
        this.history = history;
        this.outputLimit = outputLimit;
        // Its thread would belong to the cell whose thread made it.
        notices.prestartCoreThread();
    }

    /// Runs the cell and blocks until it has ended.
    public Reply handle(Origin origin, ExecuteRequest request) {
        if (request.storeHistory()) {
            count++;
        }
        int number = Math.max(1, count);
        var output = new LimitedOutput(
                new RequestOutput(client, questions, origin, request.silent(), request.allowStdin()),
                outputLimit,
                task -> notices.schedule(task, NOTICE.toMillis(), TimeUnit.MILLISECONDS));
        publish(origin, request, new ExecuteInput(request.code(), number));

        Evaluation evaluation = session.evaluate(new Cell(request.code(), number, output));
        output.end();

        return switch (evaluation) {
            case Value(MimeBundle bundle) -> {
                publish(origin, request, new ExecuteResult(number, bundle));
                remember(request, bundle.data().get("text/plain"));
                yield new ExecuteReply(count, expressions(request, number, origin));
            }
            case Done() -> {
                remember(request, null);
                yield new ExecuteReply(count, expressions(request, number, origin));
            }
            case Rejected(ErrorReport error) -> failed(origin, request, error);
            case Threw(ErrorReport error) -> failed(origin, request, error);
            case Interrupted(ErrorReport error) -> failed(origin, request, error);
        };
    }

    private Reply failed(Origin origin, ExecuteRequest request, ErrorReport error) {
        publish(origin, request, new ErrorOutput(error));
        remember(request, null);
        return new ExecuteErrorReply(count, error);
    }

    private Map<String, Expression> expressions(ExecuteRequest request, int number, Origin origin) {
        var values = new LinkedHashMap<String, Expression>();
        CellOutput silent = new RequestOutput(client, questions, origin, true, false);
        request.userExpressions().forEach((name, code) -> {
            values.put(name, shown(session.evaluate(new Cell(code, number, silent))));
        });
        return values;
    }

    private static Expression shown(Evaluation evaluation) {
        return switch (evaluation) {
            case Value(MimeBundle bundle) -> new Expression.Shown(bundle);
            case Done() -> new Expression.Shown(new MimeBundle(Map.of()));
            case Rejected(ErrorReport error) -> new Expression.Failed(error);
            case Threw(ErrorReport error) -> new Expression.Failed(error);
            case Interrupted(ErrorReport error) -> new Expression.Failed(error);
        };
    }

    private void remember(ExecuteRequest request, @Nullable String output) {
        if (request.storeHistory()) {
            history.add(count, request.code(), output);
        }
    }

    private void publish(Origin origin, ExecuteRequest request, Publication publication) {
        if (!request.silent()) {
            client.publish(origin, publication);
        }
    }
}
