package threadbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.channel.Rate;
import threadbook.kernel.dispatch.FakeAssistant;
import threadbook.kernel.dispatch.FakeSession;
import threadbook.kernel.wire.ConnectionFile;

/// The rooms together, over real sockets; only the language is a fake.
@Timeout(60)
class KernelTest {
    private final ConnectionFile file = RawClient.connectionFile();
    private final FakeSession session = new FakeSession();
    private final Kernel kernel = new Kernel(
            file,
            session,
            new FakeAssistant(),
            new Settings(Rate.UNLIMITED, Settings.OUTPUT_LIMIT),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    private final RawClient client = new RawClient(file.ports());

    @BeforeEach
    void welcome() {
        client.awaitWelcome(client.iopub);
    }

    @AfterEach
    void close() {
        client.close();
        kernel.close();
    }

    @Test
    void a_cell_goes_the_whole_way() {
        session.on("1+1", _ -> FakeSession.value("2"));

        String id = client.send(client.shell, "execute_request", "{\"code\":\"1+1\"}");

        assertThat(client.receive(client.shell).getLast())
                .isEqualTo("{\"status\":\"ok\",\"execution_count\":1,\"payload\":[],\"user_expressions\":{}}");
        assertThat(published(id))
                .containsExactly(
                        "{\"execution_state\":\"busy\"}",
                        "{\"code\":\"1+1\",\"execution_count\":1}",
                        "{\"execution_count\":1,\"data\":{\"text/plain\":\"2\"},\"metadata\":{},\"transient\":{}}",
                        "{\"execution_state\":\"idle\"}");
    }

    @Test
    void five_hundred_cells_sent_at_once_behind_a_failing_one_are_all_aborted() {
        var sent = new CountDownLatch(1); // sent, not received: most are still in the sockets
        session.on("boom", _ -> {
            sent.await();
            return new Evaluation.Threw(FakeSession.error("Boom"));
        });

        client.send(client.shell, "execute_request", "{\"code\":\"boom\"}");
        for (int i = 0; i < 500; i++) {
            client.send(client.shell, "execute_request", "{\"code\":\"never\"}");
        }
        sent.countDown();

        assertThat(client.receive(client.shell).getLast()).contains("\"ename\":\"Boom\"");
        for (int i = 0; i < 500; i++) {
            assertThat(client.receive(client.shell).getLast()).isEqualTo("{\"status\":\"aborted\"}");
        }
    }

    @Test
    void a_shutdown_request_is_answered_and_ends_the_wait_while_a_cell_runs() throws InterruptedException {
        var started = new CountDownLatch(1);
        session.runsForEver("loop", started);
        client.send(client.shell, "execute_request", "{\"code\":\"loop\"}");
        started.await();

        client.send(client.control, "shutdown_request", "{\"restart\":false}");
        kernel.awaitShutdown();
        kernel.close();

        assertThat(client.receive(client.control).getLast()).isEqualTo("{\"status\":\"ok\",\"restart\":false}");
    }

    private List<String> published(String id) {
        var contents = new ArrayList<String>();
        do {
            List<String> frames = client.receive(client.iopub);
            if (frames.get(4).contains(id)) {
                contents.add(frames.getLast());
            }
        } while (contents.isEmpty() || !contents.getLast().contains("idle"));
        return contents;
    }
}
