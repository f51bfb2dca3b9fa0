package threadbook.kernel.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.CellOutput.Stream;
import threadbook.kernel.cell.RecordedOutput;
import threadbook.kernel.protocol.MimeBundle;

@Timeout(20)
class LimitedOutputTest {
    private static final int LIMIT = 100_000;

    private final RecordedOutput shown = new RecordedOutput();
    private final List<Runnable> later = new ArrayList<>();
    private final LimitedOutput output = new LimitedOutput(shown, LIMIT, later::add);

    @Test
    void what_fits_is_shown_and_nothing_is_said() {
        print("é".repeat(LIMIT / 2));
        output.end();

        assertThat(shown.out()).hasSize(LIMIT / 2);
        assertThat(shown.shown()).isEmpty();
    }

    @Test
    void the_notice_and_what_is_shown_are_together_all_that_was_printed() {
        String line = "éé 😀\n"; // 10 bytes
        for (int i = 0; i < 50_000; i++) {
            print(line);
        }
        output.end();

        int lines = shown.out().length() / line.length();
        assertThat(shown.out()).isEqualTo(line.repeat(lines));
        assertThat(notice()).contains("%d lines".formatted(50_000 - lines).replace("39600", "39\u202F600"));
        assertThat(lines).isBetween(LIMIT / 10, LIMIT / 10 + 400);
        assertThat(leftOut()).isEqualTo((50_000L - lines) * 10);
    }

    @Test
    void many_threads_that_print_at_once_are_counted_exactly() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    print("123456789\n");
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        output.end();

        assertThat(shown.out().length() + leftOut()).isEqualTo(4 * 20_000 * 10);
        assertThat(shown.out().lines()).allMatch("123456789"::equals);
    }

    @Test
    void the_last_lines_are_shown_when_the_cell_ends() {
        print("x\n".repeat(LIMIT));
        for (int i = 0; i < 10_000; i++) {
            print("line " + i + "\n");
        }
        assertThat(shown.out()).hasSize(LIMIT);

        output.end();

        assertThat(shown.out()).endsWith("line 9998\nline 9999\n");
    }

    @Test
    void a_huge_line_is_cut_within_a_character_s_bounds() {
        print("😀".repeat(LIMIT));

        assertThat(shown.out()).isEqualTo("😀".repeat(LIMIT / 4));
    }

    @Test
    void it_is_said_at_once_where_the_output_is_cut() {
        print("x".repeat(2 * LIMIT));

        assertThat(shown.shown()).hasSize(1);
        assertThat(plain(0)).contains("100\u202F000 bytes").contains("left out");
    }

    @Test
    void what_is_displayed_counts_too() {
        for (int i = 0; i < 5; i++) {
            output.display(MimeBundle.text("x".repeat(LIMIT / 4)), Optional.empty());
        }
        output.end();

        assertThat(shown.shown()).hasSize(4 + 2); // the notice and its update
        assertThat(notice()).contains("0 lines and 1 display, 25\u202F000 bytes");
    }

    @Test
    void a_display_that_is_updated_for_ever_is_never_cut() {
        for (int i = 0; i < 1_000; i++) {
            output.update(new MimeBundle(Map.of("text/plain", "x".repeat(1_000))), "id");
        }
        print("still here");

        assertThat(shown.out()).isEqualTo("still here");
    }

    @Test
    void a_cell_that_clears_its_output_begins_anew() {
        for (int i = 0; i < 10; i++) {
            print("x".repeat(LIMIT));
            output.clear(true);
        }
        output.end();

        assertThat(shown.shown()).isEmpty();
        assertThat(shown.out()).hasSize(10 * LIMIT);
    }

    @Test
    void what_threads_print_after_the_end_is_added_to_the_notice() {
        print("x\n".repeat(LIMIT / 2));
        output.end();
        print("late\n");
        print("late\n");

        assertThat(later).hasSize(1);
        later.getFirst().run();
        assertThat(notice()).contains("2 lines, 10 bytes");

        print("later\n");
        later.get(1).run();
        assertThat(notice()).contains("3 lines, 16 bytes");
    }

    private void print(String text) {
        output.text(Stream.STDOUT, text);
    }

    private String notice() {
        return plain(shown.shown().size() - 1);
    }

    private String plain(int index) {
        return String.valueOf(shown.shown().get(index).data().get("text/plain"));
    }

    /// The bytes that the notice names.
    private long leftOut() {
        String bytes = notice().replaceAll(".*lines, ([\\d\u202F]+) bytes\\..*", "$1");
        return Long.parseLong(bytes.replace("\u202F", ""));
    }
}
