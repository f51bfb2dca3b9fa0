package threadbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.RawClient;
import threadbook.kernel.protocol.Header;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Reply.InterruptReply;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.wire.ConnectionFile;

@Timeout(60)
class ChannelsTest {
    private static final Origin CELL =
            new Origin(Door.SHELL, List.of(), new Header("cell", "s", "execute_request", null, null, "{}"));

    private final ConnectionFile file = RawClient.connectionFile();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Channels channels = new Channels(file, new PrintStream(log, true, StandardCharsets.UTF_8));
    private final RawClient client = new RawClient(file.ports());

    @BeforeEach
    void every_request_is_answered() {
        channels.open(this::answer);
        client.awaitWelcome(client.iopub);
    }

    @AfterEach
    void close() {
        client.close();
        channels.close();
    }

    @Test
    void a_request_is_answered_on_the_channel_that_it_came_from() {
        client.send(client.shell, "interrupt_request", "{}");
        client.send(client.control, "interrupt_request", "{}");

        assertThat(client.receive(client.shell).get(2)).contains("interrupt_reply");
        assertThat(client.receive(client.control).get(2)).contains("interrupt_reply");
    }

    @Test
    void the_heartbeat_is_an_echo() {
        client.heartbeat.send("ping");

        assertThat(client.receive(client.heartbeat)).containsExactly("ping");
    }

    @Test
    void every_subscriber_is_welcomed_with_its_topic() {
        var second = client.subscribe("");
        assertThat(client.receive(second).getLast()).isEqualTo("{\"subscription\":\"\"}");

        var third = client.subscribe("kernel.");
        assertThat(client.receive(third).getLast()).isEqualTo("{\"subscription\":\"kernel.\"}");
    }

    @Test
    void two_hundred_thousand_lines_arrive_complete_in_order_and_in_few_messages() {
        int lines = 200_000;
        var printer = Thread.ofPlatform().name("printer").start(() -> {
            for (int i = 0; i < lines; i++) {
                channels.publish(CELL, new Stream(Stream.Name.STDOUT, "line " + i + "\n"));
            }
            channels.publish(CELL, new Stream(Stream.Name.STDOUT, "end"));
        });

        var text = new StringBuilder();
        int messages = 0;
        while (!text.toString().endsWith("end")) {
            text.append(text(client.receive(client.iopub)));
            messages++;
        }

        var expected = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            expected.append("line ").append(i).append('\n');
        }
        assertThat(printer.isAlive()).isFalse();
        assertThat(text.toString()).isEqualTo(expected.append("end").toString());
        assertThat(messages).isLessThan(lines / 100);
    }

    @Test
    void an_interrupted_thread_prints_loses_nothing_and_keeps_its_flag() throws InterruptedException {
        var flag = new boolean[1];
        var printer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            channels.publish(CELL, new Stream(Stream.Name.STDOUT, "still here"));
            flag[0] = Thread.interrupted();
        });
        printer.join();

        assertThat(text(client.receive(client.iopub))).isEqualTo("still here");
        assertThat(flag[0]).isTrue();
    }

    @Test
    void code_that_interrupts_every_thread_it_finds_does_not_end_a_channel() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(KernelThread.class::isInstance)
                .forEach(Thread::interrupt);

        client.send(client.shell, "interrupt_request", "{}");
        channels.publish(CELL, new Stream(Stream.Name.STDOUT, "alive"));

        assertThat(client.receive(client.shell).get(2)).contains("interrupt_reply");
        assertThat(text(client.receive(client.iopub))).isEqualTo("alive");
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("zmq ")))
                .isNotEmpty()
                .allMatch(KernelThread.class::isInstance);
    }

    @Test
    void what_is_not_a_message_is_logged_and_the_next_one_is_answered() {
        client.send(client.shell, "nonsense");
        client.send(client.shell, "<IDS|MSG>", "wrong signature", "{}", "{}", "{}", "{}");
        client.send(client.shell, "interrupt_request", "{}");

        assertThat(client.receive(client.shell).get(2)).contains("interrupt_reply");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("found 2 frames")
                .contains("the signature is not ours");
    }

    @Test
    void a_very_long_subscription_costs_its_sender_the_connection_and_nobody_else_anything() {
        client.subscribe("x".repeat(5_000));

        var other = client.subscribe("kernel.");
        client.awaitWelcome(other);
        channels.publish(CELL, new Stream(Stream.Name.STDOUT, "alive"));

        assertThat(text(client.receive(other))).isEqualTo("alive");
    }

    @Test
    void a_port_in_use_is_named() {
        var quiet = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        assertThatThrownBy(() -> new Channels(file, quiet))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("cannot listen at tcp://127.0.0.1:");
    }

    @Test
    void what_was_said_before_the_close_still_arrives() {
        for (int i = 0; i < 1_000; i++) {
            channels.publish(CELL, new Stream(Stream.Name.STDOUT, i + " "));
        }
        channels.close();

        var text = new StringBuilder();
        while (!text.toString().endsWith(" 999 ")) {
            text.append(text(client.receive(client.iopub)));
        }
        assertThat(text).startsWith("0 1 2 ");
    }

    @Test
    void a_thread_that_prints_for_ever_does_not_keep_the_channels_from_closing() {
        var closed = new AtomicBoolean();
        var printer = Thread.ofPlatform().start(() -> {
            while (!closed.get()) {
                channels.publish(CELL, new Stream(Stream.Name.STDOUT, "for ever\n"));
            }
        });
        client.receive(client.iopub);

        channels.close();

        assertThat(printer.isAlive()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .doesNotContain("iopub");
        closed.set(true);
    }

    private void answer(Origin origin, Request request) {
        channels.reply(origin, new InterruptReply());
    }

    private static String text(List<String> frames) {
        String content = frames.getLast();
        String before = "\"text\":\"";
        return content.substring(content.indexOf(before) + before.length(), content.length() - 2)
                .replace("\\n", "\n");
    }
}
