package threadbook.lab.gil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(60)
class ModelAndRealityTest {

    @Test
    void the_same_workload_is_measured_on_both_sides() {
        ModelAndReality both = ModelAndReality.measure(5, "sleep");

        assertThat(both.rows()).extracting(ModelAndReality.Row::workers).containsExactly(2, 4, 8);
        assertThat(both.rows()).allMatch(row -> row.model() > 1 && row.reality() > 1);
        assertThat(both.table().columnNames())
                .containsExactly("workload", "workers", "unit", "model", "CPython", "difference");
        assertThat(both.chart().alt()).contains("sleep × 8");
        assertThat(both).asString().contains("CPython " + both.python());
    }

    @Test
    void a_ping_is_no_speedup() {
        var both = new ModelAndReality("3", List.of(new ModelAndReality.Row("ping", 1, "ms", 5.2, 5)), List.of());

        assertThat(both.rows().getFirst().difference()).isCloseTo(0.04, org.assertj.core.data.Offset.offset(1e-9));
        assertThatIllegalStateException().isThrownBy(both::chart).withMessageContaining("none was measured");
    }

    @Test
    void a_workload_that_there_is_not_is_named_with_those_that_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelAndReality.measure(5, "sleeep"))
                .withMessageContaining("\"sleeep\"")
                .withMessageContaining("countdown, primes, processes, sleep");
    }

    @Test
    void a_program_that_is_no_python_is_reported_with_what_it_said() {
        var none = new Interpreter(Path.of("/nowhere/python"));

        assertThatIllegalStateException()
                .isThrownBy(() -> none.run(_ -> {}, "5", "version"))
                .withMessageContaining("/nowhere/python");
    }

    @Test
    void a_script_that_fails_is_reported_with_what_it_said() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Interpreter.find().run(_ -> {}, "5", "no such workload", "1", "1"))
                .withMessageContaining("KeyError");
    }

    @Test
    void an_interrupt_ends_the_child_process_and_what_it_started() {
        long before = ProcessHandle.current().descendants().count();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Interpreter.find().run(_ -> {}, "0.005", "processes", "100", "1", "2"))
                .isInstanceOf(WaitInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        while (ProcessHandle.current().descendants().count() > before) {
            Thread.onSpinWait(); // killed, and about to be gone
        }
    }
}
