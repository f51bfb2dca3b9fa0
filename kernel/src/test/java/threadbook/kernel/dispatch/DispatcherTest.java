package threadbook.kernel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static threadbook.kernel.dispatch.FakeClient.control;
import static threadbook.kernel.dispatch.FakeClient.shell;
import static threadbook.kernel.dispatch.FakeSession.error;
import static threadbook.kernel.dispatch.FakeSession.value;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.cell.InputRefusedException;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Ports;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.protocol.Request.ExecuteRequest;
import threadbook.kernel.protocol.Request.InputReply;

@Timeout(20)
class DispatcherTest {
    private static final long LIMIT = 10_000;

    private final FakeClient client = new FakeClient();
    private final FakeSession session = new FakeSession();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Dispatcher dispatcher = new Dispatcher(
            client,
            session,
            new FakeAssistant(),
            new Ports(1, 2, 3, 4, 5),
            LIMIT,
            new PrintStream(log, true, StandardCharsets.UTF_8));

    @Test
    void a_cell_is_busy_echoed_shown_answered_and_idle_in_this_order() throws InterruptedException {
        session.on("code", cell -> {
            cell.output().text(CellOutput.Stream.STDOUT, "hello");
            return value("2");
        });

        run("a", "code");

        assertThat(client.about("a"))
                .containsExactly(
                        "busy", "input 1 code", "stdout hello", "result 1 {text/plain=2}", "reply ok 1", "idle");
    }

    @Test
    void cells_run_in_the_order_in_which_they_came_and_are_counted() throws InterruptedException {
        run("a", "first");
        run("b", "second");

        assertThat(client.until("b: idle"))
                .containsExactly(
                        "a: busy",
                        "a: input 1 first",
                        "a: reply ok 1",
                        "a: idle",
                        "b: busy",
                        "b: input 2 second",
                        "b: reply ok 2",
                        "b: idle");
    }

    @Test
    void a_failed_cell_publishes_its_error_and_replies_with_it() throws InterruptedException {
        session.fails("boom");

        run("a", "boom");

        assertThat(client.about("a"))
                .containsExactly("busy", "input 1 boom", "error Boom", "reply error 1 Boom", "idle");
    }

    @Test
    void a_shortage_of_memory_outside_the_cell_is_answered_and_ends_no_queue() throws InterruptedException {
        session.fullAtNextTurn();

        run("a", "code");
        run("b", "code");

        assertThat(client.until("b: idle")).contains("b: reply ok 1");
        assertThat(client.about("a"))
                .anyMatch(line -> line.contains("OutOfMemoryError"))
                .endsWith("idle");
    }

    @Test
    void cells_that_wait_behind_a_failed_one_are_aborted_and_not_counted() throws InterruptedException {
        var queued = new CountDownLatch(1);
        session.on("boom", _ -> {
            queued.await();
            return new Evaluation.Threw(error("Boom"));
        });

        run("a", "boom");
        for (int i = 0; i < 500; i++) {
            run("b" + i, "never");
        }
        queued.countDown();
        client.until("b499: idle");
        run("c", "again");

        assertThat(client.about("b0")).containsExactly("busy", "reply aborted", "idle");
        assertThat(client.about("b499")).containsExactly("busy", "reply aborted", "idle");
        assertThat(client.until("c: idle")).noneMatch(line -> line.contains("never"));
        assertThat(client.about("c")).contains("input 2 again");
    }

    @Test
    void a_cell_that_comes_after_the_error_reply_is_aborted_if_its_sender_made_it_before() throws InterruptedException {
        session.fails("boom");
        var made = Instant.parse("2026-01-01T00:00:00Z"); // by the client's clock, which is far off ours

        dispatcher.receive(FakeClient.origin(Door.SHELL, "a", "execute_request", made), cell("boom"));
        client.until("a: idle");
        dispatcher.receive(FakeClient.origin(Door.SHELL, "b", "execute_request", made.plusNanos(1)), cell("never"));
        dispatcher.receive(
                FakeClient.origin(Door.SHELL, "c", "execute_request", made.plusSeconds(60)), cell("afterwards"));

        assertThat(client.about("b")).containsExactly("busy", "reply aborted", "idle");
        assertThat(client.about("c")).contains("input 2 afterwards");
    }

    @Test
    void cells_behind_a_failed_one_run_if_it_does_not_stop_on_errors() throws InterruptedException {
        var queued = new CountDownLatch(1);
        session.on("boom", _ -> {
            queued.await();
            return new Evaluation.Threw(error("Boom"));
        });

        dispatcher.receive(
                shell("a", "execute_request"), new ExecuteRequest("boom", false, true, Map.of(), false, false));
        run("b", "next");
        queued.countDown();

        assertThat(client.about("b")).contains("reply ok 2");
    }

    @Test
    void an_interrupt_that_comes_right_behind_busy_is_the_cells() throws InterruptedException {
        client.when("a: busy", () -> interrupt("i"));

        run("a", "code");
        client.about("a");

        assertThat(session.interruptedInTurn()).isTrue();
    }

    @Test
    void an_interrupt_ends_the_running_cell_and_aborts_those_behind_it() throws InterruptedException {
        var started = new CountDownLatch(1);
        session.runsForEver("loop", started);

        run("a", "loop");
        run("b", "never");
        started.await();
        dispatcher.receive(control("i", "interrupt_request"), new Request.InterruptRequest());

        assertThat(client.about("i")).containsExactly("busy", "reply InterruptReply", "idle");
        assertThat(client.about("a")).endsWith("error Interrupted", "reply error 1 Interrupted", "idle");
        assertThat(client.about("b")).containsExactly("busy", "reply aborted", "idle");
    }

    @Test
    void everything_but_cells_is_answered_while_a_cell_runs() throws InterruptedException {
        var started = new CountDownLatch(1);
        session.runsForEver("loop", started);
        run("a", "loop");
        started.await();

        dispatcher.receive(shell("complete", "complete_request"), new Request.CompleteRequest("s.l", 3));
        dispatcher.receive(shell("inspect", "inspect_request"), new Request.InspectRequest("length", 6, 0));
        dispatcher.receive(shell("done", "is_complete_request"), new Request.IsCompleteRequest("{"));
        dispatcher.receive(shell("info", "kernel_info_request"), new Request.KernelInfoRequest());
        dispatcher.receive(control("info2", "kernel_info_request"), new Request.KernelInfoRequest());
        dispatcher.receive(shell("ports", "connect_request"), new Request.ConnectRequest());
        dispatcher.receive(shell("comms", "comm_info_request"), new Request.CommInfoRequest(null));
        dispatcher.receive(
                shell("lines", "history_request"), new Request.HistoryRequest(false, new Request.Selection.Tail(10)));

        assertThat(client.about("complete")).containsExactly("busy", "reply CompleteReply", "idle");
        assertThat(client.about("inspect")).containsExactly("busy", "reply InspectReply", "idle");
        assertThat(client.about("done")).containsExactly("busy", "reply IsCompleteReply", "idle");
        assertThat(client.about("info")).containsExactly("busy", "reply KernelInfoReply", "idle");
        assertThat(client.about("info2")).containsExactly("busy", "reply KernelInfoReply", "idle");
        assertThat(client.about("ports")).containsExactly("busy", "reply ConnectReply", "idle");
        assertThat(client.about("comms")).containsExactly("busy", "reply CommInfoReply", "idle");
        assertThat(client.about("lines")).containsExactly("busy", "reply HistoryReply", "idle");
    }

    @Test
    void a_silent_cell_publishes_nothing_and_is_not_counted() throws InterruptedException {
        session.on("code", cell -> {
            cell.output().text(CellOutput.Stream.STDOUT, "hidden");
            cell.output().display(MimeBundle.text("hidden"), Optional.empty());
            return value("hidden");
        });

        dispatcher.receive(
                shell("a", "execute_request"), new ExecuteRequest("code", true, true, Map.of(), false, true));
        run("b", "next");

        assertThat(client.about("a")).containsExactly("busy", "reply ok 0", "idle");
        assertThat(client.about("b")).contains("input 1 next");
    }

    @Test
    void user_expressions_are_answered_each_with_its_value_or_its_error() throws InterruptedException {
        session.on("x", _ -> value("42")).fails("y");

        dispatcher.receive(
                shell("a", "execute_request"),
                new ExecuteRequest("code", false, true, Map.of("good", "x", "bad", "y"), false, true));
        client.until("a: idle");

        var reply = (Reply.ExecuteReply) client.lastReply();
        assertThat(reply.expressions())
                .containsEntry("good", new Reply.Expression.Shown(MimeBundle.text("42")))
                .containsEntry("bad", new Reply.Expression.Failed(error("Boom")));
    }

    @Test
    void a_cell_gets_the_line_that_the_person_types() throws InterruptedException {
        session.on("ask", cell -> value(cell.output().input("name?", false)));

        run("a", "ask");
        client.until("a: asks name?");
        dispatcher.receive(
                FakeClient.origin(Door.STDIN, "s", "input_reply", null), new InputReply("stale", "another-question"));
        dispatcher.receive(
                FakeClient.origin(Door.STDIN, "t", "input_reply", null), new InputReply("Ada", "question-1"));

        assertThat(client.about("a")).contains("result 1 {text/plain=Ada}");
    }

    @Test
    void a_cell_may_not_ask_a_client_that_answers_no_questions() throws InterruptedException {
        session.on("ask", cell -> {
            try {
                return value(cell.output().input("name?", false));
            } catch (InputRefusedException e) {
                return new Evaluation.Threw(error("InputRefused"));
            }
        });

        dispatcher.receive(
                shell("a", "execute_request"), new ExecuteRequest("ask", false, true, Map.of(), false, true));

        assertThat(client.about("a")).contains("error InputRefused").noneMatch(line -> line.startsWith("asks"));
    }

    @Test
    void what_this_kernel_does_not_know_is_answered_with_an_error() throws InterruptedException {
        dispatcher.receive(control("d", "debug_request"), new Request.Unknown());
        dispatcher.receive(control("s", "create_subshell_request"), new Request.Unknown());
        dispatcher.receive(shell("m", "complete_request"), new Request.Malformed("code must be a string"));
        dispatcher.receive(control("e", "execute_request"), cell("code"));
        dispatcher.receive(shell("n", "news"), new Request.Unknown());

        assertThat(client.about("d")).containsExactly("busy", "reply error UnknownRequest", "idle");
        assertThat(client.about("s")).containsExactly("busy", "reply error UnknownRequest", "idle");
        assertThat(client.about("m")).containsExactly("busy", "reply error MalformedMessage", "idle");
        assertThat(client.about("e")).containsExactly("busy", "reply error WrongChannel", "idle");
        assertThat(client.about("n")).containsExactly("busy", "idle");
    }

    @Test
    void a_comm_at_an_unknown_target_is_closed_at_once() throws InterruptedException {
        dispatcher.receive(shell("c", "comm_open"), new Request.CommOpen("id", "nobody"));

        assertThat(client.about("c")).containsExactly("busy", "CommClosed", "idle");
    }

    @Test
    void a_handler_that_fails_is_answered_and_the_next_cell_runs() throws InterruptedException {
        session.on("broken", _ -> {
            throw new StackOverflowError("too deep");
        });

        run("a", "broken");
        client.until("a: idle");
        run("b", "next");

        assertThat(client.about("a")).endsWith("reply error StackOverflowError", "idle");
        assertThat(client.about("b")).contains("reply ok 2");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("execute_request failed");
    }

    @Test
    void a_shutdown_is_answered_and_told_to_everyone_before_the_kernel_ends() throws InterruptedException {
        dispatcher.receive(control("q", "shutdown_request"), new Request.ShutdownRequest(true));

        assertThat(client.about("q")).containsExactly("busy", "ShutdownNotice", "reply ShutdownReply", "idle");
        assertThat(dispatcher.shutdown()).isCompletedWithValue(true);
    }

    @Test
    void history_remembers_cells_and_their_results() throws InterruptedException {
        session.on("1+1", _ -> value("2"));
        run("a", "1+1");
        run("b", "int x;");
        client.until("b: idle");

        dispatcher.receive(
                shell("h", "history_request"), new Request.HistoryRequest(true, new Request.Selection.Tail(10)));
        client.until("h: idle");

        assertThat(((Reply.HistoryReply) client.lastReply()).lines())
                .isEqualTo(List.of(new Reply.Line(1, 1, "1+1", "2"), new Reply.Line(1, 2, "int x;", null)));
    }

    private void interrupt(String id) {
        dispatcher.receive(control(id, "interrupt_request"), new Request.InterruptRequest());
    }

    private void run(String id, String code) {
        dispatcher.receive(shell(id, "execute_request"), cell(code));
    }

    private static ExecuteRequest cell(String code) {
        return new ExecuteRequest(code, false, true, Map.of(), true, true);
    }
}
