package threadbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.ZMQ;
import threadbook.kernel.RawClient;
import threadbook.kernel.protocol.Header;
import threadbook.kernel.protocol.InputRequest;
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
    private final Channels channels =
            new Channels(file, Rate.UNLIMITED, new PrintStream(log, true, StandardCharsets.UTF_8));
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
    void a_frame_that_claims_an_impossible_size_harms_no_other_connection() throws IOException {
        String greeting = "ff00000000000000007f03004e554c4c" + "00".repeat(48);
        String ready = "0419055245414459" + "0b536f636b65742d54797065" + "000000064445414c4552";
        for (String size : List.of("ffffffffdeadbeef", "8000000000000001", "8000000077777777")) {
            try (var stranger = new Socket(file.ip(), file.ports().shell())) {
                stranger.getOutputStream()
                        .write(HexFormat.of().parseHex(greeting + ready + "02" + size + "00".repeat(40)));
            }
        }

        client.send(client.shell, "interrupt_request", "{}");

        assertThat(client.receive(client.shell).get(2)).contains("interrupt_reply");
    }

    @Test
    void every_subscriber_is_welcomed_with_its_topic() {
        assertThat(welcome("")).isEqualTo("{\"subscription\":\"\"}");
        assertThat(welcome("kernel.")).isEqualTo("{\"subscription\":\"kernel.\"}");
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

        assertThatThrownBy(() -> new Channels(file, Rate.UNLIMITED, quiet))
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

    @Test
    void one_that_never_reads_costs_nobody_else_a_byte_and_the_kernel_little_memory() {
        var stalled = client.subscribe("kernel.", 10);
        client.awaitWelcome(stalled);
        int pieces = 2_000; // of 64 KB: more than sockets, pipes and the room hold together
        String text = "x".repeat(StreamBatches.FULL);
        var printer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < pieces; i++) {
                channels.publish(CELL, new Stream(Stream.Name.STDOUT, text));
            }
        });

        for (int i = 0; i < pieces; i++) {
            assertThat(received(client.iopub).equals(text))
                    .as("message %d arrived whole", i)
                    .isTrue();
        }

        assertThat(printer.isAlive()).isFalse();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("a client on iopub has read nothing for 10 s");
    }

    @Test
    void one_that_reads_slowly_loses_nothing() throws InterruptedException {
        var slow = client.subscribe("kernel.", 10);
        client.awaitWelcome(slow);
        int pieces = 1_000;
        String text = "x".repeat(StreamBatches.FULL);
        var printer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < pieces; i++) {
                channels.publish(CELL, new Stream(Stream.Name.STDOUT, text));
            }
        });
        while (printer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait(); // nobody reads: everything on the way is full
        }

        for (int i = 0; i < pieces; i++) {
            assertThat(received(slow).equals(text))
                    .as("message %d arrived whole", i)
                    .isTrue();
        }

        assertThat(printer.isAlive()).isFalse();
    }

    @Test
    void a_question_comes_behind_what_its_thread_has_printed_and_takes_the_unfinished_line() {
        channels.publish(CELL, new Stream(Stream.Name.STDOUT, "Hello\nName? "));
        channels.ask(CELL, new InputRequest("", false));

        assertThat(text(client.receive(client.iopub))).isEqualTo("Hello\n");
    }

    /// The first words for a new subscriber. About one in five hundred of JeroMQ's sockets never sends its
    /// subscription: it does not reach the kernel's socket, while of twelve thousand of libzmq's every one
    /// does. So another one tries.
    private String welcome(String topic) {
        for (int tries = 0; tries < 3; tries++) {
            ZMQ.Socket socket = client.subscribe(topic);
            socket.setReceiveTimeOut(5_000);
            String last = null;
            for (byte[] frame = socket.recv(); frame != null; frame = socket.hasReceiveMore() ? socket.recv() : null) {
                last = new String(frame, StandardCharsets.UTF_8);
            }
            if (last != null) {
                return last;
            }
        }
        throw new AssertionError("no subscriber was welcomed");
    }

    private void answer(Origin origin, Request request) {
        channels.reply(origin, new InterruptReply());
    }

    /// The text of the next stream message; a subscriber also sees the welcomes of others.
    private String received(ZMQ.Socket subscriber) {
        List<String> frames = client.receive(subscriber);
        while (!frames.get(3).contains("\"stream\"")) {
            frames = client.receive(subscriber);
        }
        return text(frames);
    }

    private static String text(List<String> frames) {
        String content = frames.getLast();
        String before = "\"text\":\"";
        return content.substring(content.indexOf(before) + before.length(), content.length() - 2)
                .replace("\\n", "\n");
    }
}
