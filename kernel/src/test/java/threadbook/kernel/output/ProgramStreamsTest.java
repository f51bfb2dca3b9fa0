package threadbook.kernel.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.InputRefusedException;
import threadbook.kernel.cell.RecordedOutput;
import threadbook.kernel.display.ValueRenderer;

@Timeout(20)
class ProgramStreamsTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final InputStream realIn = System.in;
    private final ByteArrayOutputStream process = new ByteArrayOutputStream();
    private final InheritableThreadLocal<Cell> current = new InheritableThreadLocal<>();
    private final RecordedOutput output = new RecordedOutput();
    private final Cell cell = new Cell("", 1, output);
    private ProgramStreams streams;

    @BeforeEach
    void install() {
        System.setOut(new PrintStream(process, true, UTF_8));
        streams = ProgramStreams.install(() -> Optional.ofNullable(current.get()));
        current.set(cell);
    }

    @AfterEach
    void putBack() {
        System.setOut(realOut);
        System.setErr(realErr);
        System.setIn(realIn);
    }

    @Test
    void one_call_is_one_piece_of_text() {
        System.out.println("a line");
        System.out.println(1);
        System.out.printf(Locale.ROOT, "%d-%s%n", 2, "x");
        System.out.print('c');
        System.out.append("d").append("efg", 1, 2);

        assertThat(output.outPieces()).containsExactly("a line\n", "1\n", "2-x\n", "c", "d", "f");
    }

    @Test
    void both_streams_go_to_the_cell_of_the_calling_thread() throws InterruptedException {
        var other = new RecordedOutput();
        Thread thread = Thread.ofVirtual().start(() -> {
            current.set(new Cell("", 2, other));
            System.out.println("two");
        });
        thread.join();
        System.out.println("one");
        System.err.println("oops");

        assertThat(output.out()).isEqualTo("one\n");
        assertThat(output.err()).isEqualTo("oops\n");
        assertThat(other.out()).isEqualTo("two\n");
    }

    @Test
    void text_without_a_cell_goes_to_the_process() {
        current.remove();

        System.out.println("of the kernel ä");

        assertThat(process.toString(UTF_8)).isEqualTo("of the kernel ä\n");
    }

    @Test
    void utf_8_that_is_written_byte_by_byte_becomes_whole_characters() {
        for (byte b : "é😀!".getBytes(UTF_8)) {
            System.out.write(b);
        }

        assertThat(output.outPieces()).containsExactly("é", "😀", "!");
    }

    @Test
    void two_threads_can_write_the_bytes_of_characters_at_the_same_time() throws InterruptedException {
        byte[] letter = "é".getBytes(UTF_8);
        System.out.write(letter[0]);
        Thread other = Thread.ofPlatform().start(() -> System.out.writeBytes("ü".getBytes(UTF_8)));
        other.join();
        System.out.write(letter[1]);

        assertThat(output.outPieces()).containsExactly("ü", "é");
    }

    @Test
    void bytes_that_are_no_utf_8_are_shown_and_not_lost() {
        System.out.write(0xC3);
        System.out.println("x");
        System.out.writeBytes(new byte[] {(byte) 0xFF, 'y'});

        assertThat(output.out()).isEqualTo("\uFFFDx\n\uFFFDy");
    }

    @Test
    void an_interrupted_thread_prints_and_stays_interrupted() {
        Thread.currentThread().interrupt();

        System.out.println("still here");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(output.out()).isEqualTo("still here\n");
    }

    @Test
    void closing_silences_nobody() {
        try (var writer = new PrintWriter(System.out)) {
            writer.println("first");
        }
        System.out.close();
        System.out.println("second");

        assertThat(output.out()).isEqualTo("first" + System.lineSeparator() + "second\n");
        assertThat(System.out.checkError()).isFalse();
    }

    @Test
    void a_lock_on_the_stream_holds_up_nobody() throws InterruptedException {
        PrintStream out = System.out;
        synchronized (out) {
            Thread other = Thread.ofPlatform().start(() -> out.println("past the lock"));
            other.join();
        }

        assertThat(output.out()).isEqualTo("past the lock\n");
    }

    @Test
    void a_stream_that_a_cell_replaced_is_back_for_the_next_cell() {
        System.setOut(null);
        System.setErr(new PrintStream(new ByteArrayOutputStream()));

        streams.restore();
        System.out.println("heard");
        System.err.println("too");

        assertThat(output.out()).isEqualTo("heard\n");
        assertThat(output.err()).isEqualTo("too\n");
    }

    @Test
    void lines_of_many_threads_stay_whole_and_in_the_order_of_each() throws InterruptedException {
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            int name = t;
            threads.add(Thread.ofPlatform().start(() -> {
                awaitQuietly(start);
                for (int i = 0; i < 500; i++) {
                    System.out.println(name + ":" + i);
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        for (int t = 0; t < 4; t++) {
            String prefix = t + ":";
            assertThat(output.outPieces())
                    .filteredOn(line -> line.startsWith(prefix))
                    .hasSize(500)
                    .isSortedAccordingTo((a, b) -> number(a) - number(b));
        }
        assertThat(output.outPieces()).hasSize(2000);
    }

    @Test
    void classes_of_a_cell_are_printed_by_their_own_names() {
        System.out.println("REPL.$JShell$22$Node@1f");

        assertThat(output.out()).isEqualTo("Node@1f\n");
    }

    @Test
    void a_scanner_reads_what_is_typed_as_utf_8() {
        output.answering("Zoë 😀", "42");
        var scanner = new Scanner(System.in, UTF_8);

        assertThat(scanner.nextLine()).isEqualTo("Zoë 😀");
        assertThat(scanner.nextInt()).isEqualTo(42);
    }

    @Test
    void a_reader_gets_line_by_line_and_asks_no_sooner_than_needed() throws IOException {
        output.answering("one", "", "three");
        var reader = new BufferedReader(new InputStreamReader(System.in, UTF_8));

        assertThat(reader.readLine()).isEqualTo("one");
        assertThat(reader.readLine()).isEmpty();
        assertThat(reader.readLine()).isEqualTo("three");
        assertThatThrownBy(reader::readLine).isInstanceOf(InputRefusedException.class);
    }

    @Test
    void io_readln_shows_its_prompt_and_reads_a_line() {
        output.answering("Ada");

        assertThat(IO.readln("Name? ")).isEqualTo("Ada");
        assertThat(output.out()).isEqualTo("Name? ");
    }

    @Test
    void an_interrupted_wait_for_input_ends_and_the_reader_can_be_used_again() throws IOException {
        output.answering("later");
        var reader = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        Thread.currentThread().interrupt();

        assertThatThrownBy(reader::readLine).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reader.readLine()).isEqualTo("later");
    }

    @Test
    void what_one_cell_leaves_of_a_line_is_not_read_by_the_next() throws IOException {
        output.answering("xyz");
        int first = System.in.read();
        var next = new RecordedOutput().answering("b");
        current.set(new Cell("", 2, next));

        assertThat(first).isEqualTo('x');
        assertThat(System.in.read()).isEqualTo('b');
    }

    @Test
    void a_thread_without_a_cell_and_ctrl_d_read_the_end_of_the_input() throws IOException {
        output.answering("\u0004");
        assertThat(System.in.read()).isEqualTo(-1);

        current.remove();
        assertThat(System.in.read()).isEqualTo(-1);
    }

    @Test
    void the_screen_shows_a_value_under_the_cell_and_finds_it_again() {
        var screen = new KernelScreen(() -> Optional.ofNullable(current.get()), new ValueRenderer());

        String id = screen.display(new int[] {1, 2});
        screen.update(id, "new");

        assertThat(output.ids()).containsExactly(id);
        assertThat(output.updates()).containsExactly(id);
        assertThat(output.shown())
                .extracting(bundle -> bundle.data().get("text/plain"))
                .containsExactly("[1, 2]", "new");
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(2).strip());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
