package threadbook.lab.process.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static threadbook.lab.Lab.channel;
import static threadbook.lab.Lab.process;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.lab.process.Child;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(60)
class ChannelTest {
    record Frame(int number, String text) implements Serializable {}

    private static <T> Channel<T> made(String way, Class<T> type) {
        Channel<T> socket = channel(type);
        return way.equals("pipe") ? socket.overPipe() : way.equals("memory") ? socket.overMemory() : socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "socket", "memory"})
    void what_a_process_sends_arrives_in_order(String way) {
        Channel<Integer> numbers = made(way, Integer.class);
        process(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        numbers.send(i);
                    }
                    numbers.close();
                })
                .start();
        var heard = new ArrayList<Integer>();
        numbers.forEach(heard::add);

        assertThat(heard).isEqualTo(IntStream.range(0, 100_000).boxed().toList());
        assertThat(numbers.receive()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "socket", "memory"})
    void a_process_hears_what_is_sent_to_it(String way) {
        Channel<Frame> frames = made(way, Frame.class);
        Child<Integer> child = process(() -> {
                    int sum = 0;
                    for (Frame frame : frames) {
                        sum += frame.number();
                    }
                    return sum;
                })
                .start();
        for (int i = 1; i <= 10; i++) {
            frames.send(new Frame(i, "x".repeat(100_000)));
        }
        frames.close();

        assertThat(child.result()).isEqualTo(55);
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "memory"})
    void the_end_of_a_process_that_did_not_close_is_the_end(String way) {
        Channel<String> texts = made(way, String.class);
        process(() -> {
                    texts.send("last words");
                    Runtime.getRuntime().halt(1);
                })
                .start();
        var heard = new ArrayList<String>();
        texts.forEach(heard::add);

        assertThat(heard).isEqualTo(List.of("last words"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "memory"})
    void a_wait_can_be_interrupted(String way) throws InterruptedException {
        Channel<Long> never = made(way, Long.class);
        var thrown = new ArrayList<Throwable>();
        Thread waits = Thread.ofPlatform().start(() -> {
            try {
                never.receive();
            } catch (WaitInterruptedException e) {
                thrown.add(e);
            }
        });
        waits.interrupt();
        waits.join();

        assertThat(thrown).hasSize(1);
    }

    @Test
    void a_mailbox_holds_the_newest() {
        var box = new Mailbox<Integer>();
        box.put(1);
        box.put(2);

        assertThat(box.take()).isEqualTo(2);
        assertThat(box.puts()).isEqualTo(2);
        assertThat(box.missed()).isEqualTo(1);
    }

    @Test
    void who_takes_waits_for_a_value() throws InterruptedException {
        var box = new Mailbox<Integer>();
        var taken = new ArrayList<Integer>();
        Thread takes = Thread.ofPlatform().start(() -> taken.add(box.take()));
        box.put(7);
        takes.join();

        assertThat(taken).containsExactly(7);
    }
}
