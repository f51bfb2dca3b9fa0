package threadbook.kernel.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.protocol.Reply.Line;
import threadbook.kernel.protocol.Request.HistoryRequest;
import threadbook.kernel.protocol.Request.Selection;

@Timeout(10)
class HistoryTest {
    private final History history = new History();

    @BeforeEach
    void three_cells_and_a_repetition() {
        history.add(1, "int a = 1;", null);
        history.add(2, "a + 1", "2");
        history.add(3, "int b = 2;", null);
        history.add(4, "int a = 1;", null);
    }

    @Test
    void the_tail_is_the_last_lines() {
        assertThat(numbers(new Selection.Tail(2))).containsExactly(3, 4);
    }

    @Test
    void a_tail_of_nothing_is_empty() {
        assertThat(numbers(new Selection.Tail(-1))).isEmpty();
    }

    @Test
    void a_range_includes_its_start_and_excludes_its_stop() {
        assertThat(numbers(new Selection.Range(0, 2, 4))).containsExactly(2, 3);
    }

    @Test
    void a_range_of_an_earlier_session_is_empty() {
        assertThat(numbers(new Selection.Range(-1, 0, null))).isEmpty();
    }

    @Test
    void a_search_finds_what_matches_the_whole_line() {
        assertThat(numbers(new Selection.Search("int*", 10, false))).containsExactly(1, 3, 4);
    }

    @Test
    void a_unique_search_keeps_the_newest_of_equal_lines() {
        assertThat(numbers(new Selection.Search("int*", 10, true))).containsExactly(3, 4);
    }

    @Test
    void a_pattern_with_many_stars_is_answered_in_time() {
        history.add(5, "a".repeat(2_000), null);

        assertThat(numbers(new Selection.Search("*a".repeat(100) + "*b", 10, false)))
                .isEmpty();
    }

    private List<Integer> numbers(Selection selection) {
        return history.handle(new HistoryRequest(false, selection)).lines().stream()
                .map(Line::number)
                .toList();
    }
}
