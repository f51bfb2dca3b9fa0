package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@Timeout(30)
class Lesson09Test {
    private static final long OWN = ProcessHandle.current().pid();

    private static Map<Integer, Long> noted(IntFunction<Long> pid) {
        var noted = new TreeMap<Integer, Long>();
        for (int item = 1; item <= 12; item++) {
            noted.put(item, pid.apply(item));
        }
        return noted;
    }

    private static Table rates(double pipe, double socket, double memory) {
        return Table.create(
                IntColumn.create("bytes", 16, 16, 16, 1024),
                DoubleColumn.create("messages per second", pipe, socket, memory, 9e9),
                StringColumn.create("series", "pipe", "socket", "memory", "pipe"));
    }

    @Test
    void a_map_with_the_pids_of_two_other_processes_is_accepted() {
        assertThat(Lesson09.lost()
                        .judge(List.of(noted(item -> OWN + 1 + item % 2)))
                        .message())
                .startsWith("2 processes");
    }

    @Test
    void a_map_that_was_filled_elsewhere_here_or_by_one_process_is_not_accepted() {
        var exercise = Lesson09.lost();

        assertThatThrownBy(() -> exercise.judge(List.of(Map.of())))
                .hasMessage("Nothing is known here of item 1: the map holds 0 of 12 items.");
        assertThatThrownBy(() -> exercise.judge(List.of(noted(_ -> OWN)))).hasMessageContaining("own process");
        assertThatThrownBy(() -> exercise.judge(List.of(noted(_ -> OWN + 1)))).hasMessageContaining("by one process");
        assertThatThrownBy(() -> exercise.judge(List.of("tea"))).hasMessageContaining("Hand in the map");
    }

    @Test
    void the_break_even_lies_above_the_largest_work_that_loses() {
        var exercise = Lesson09.breakEven();
        var gains = Map.of(0.1, 0.2, 1.0, 1.1, 3.0, 0.9, 10.0, 1.5, 30.0, 1.9);

        assertThat(exercise.judge(List.of(gains, 7)).message())
                .isEqualTo("it pays somewhere between 3.00 and 10.0 ms.");
        assertThatThrownBy(() -> exercise.judge(List.of(gains, 1.0))).hasMessageContaining("still no faster");
        assertThatThrownBy(() -> exercise.judge(List.of(gains, 20))).hasMessageContaining("has paid already");
        assertThatThrownBy(() -> exercise.judge(List.of(Map.of(), 20)))
                .hasMessageContaining("Hand in your measurement");
        assertThatThrownBy(() -> exercise.judge(List.of(Map.of("tea", 1), 20))).hasMessageContaining("found tea");
    }

    @Test
    void where_nothing_pays_the_break_even_is_0() {
        var gains = Map.of(0.1, 0.2, 1.0, 0.9);

        assertThat(Lesson09.breakEven().judge(List.of(gains, 0)).message()).contains("does not pay");
        assertThatThrownBy(() -> Lesson09.breakEven().judge(List.of(gains, 1000)))
                .hasMessageContaining("did not gain");
    }

    @Test
    void the_fastest_way_for_small_messages_is_read_from_the_table() {
        var exercise = Lesson09.channels();

        assertThat(exercise.judge(List.of(rates(300, 200, 900), "c")).message()).startsWith("shared memory: pipe 300");
        assertThatThrownBy(() -> exercise.judge(List.of(rates(300, 200, 900), "a")))
                .hasMessageContaining("Not (a)");
        assertThat(exercise.judge(List.of(rates(900, 200, 880), "c")).message()).contains("880");
        assertThatThrownBy(() -> exercise.judge(List.of(Table.create("tea"), "a")))
                .hasMessageContaining("Expected columns");
    }
}
