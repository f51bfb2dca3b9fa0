package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static threadbook.lab.Lab.process;
import static threadbook.lab.Lab.sleep;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.process.ChildRun;

@Timeout(60)
class Lesson01Test {
    private static ChildRun writing(String out) {
        return new ChildRun(0, out, "", Duration.ofMillis(1));
    }

    private static final Map<String, ChildRun> RUNS = Map.of(
            "daemon", writing(""),
            "daemon, joined", writing("report saved\n"),
            "no daemon", writing("report saved\n"),
            "no daemon, joined", writing("report saved\n"));

    @Test
    void the_saved_reports_are_predicted_as_a_set() {
        var exercise = Lesson01.saved();

        assertThat(exercise.judge(List.of("daemon, joined", "no daemon", "no daemon, joined"), List.of(RUNS))
                        .message())
                .contains("saved");
        assertThatThrownBy(() -> exercise.judge(List.of("no daemon", "no daemon, joined"), List.of(RUNS)))
                .hasMessage("Look at \"daemon, joined\" again: its report was saved.");
        assertThatThrownBy(() -> exercise.judge(List.of("tea"), List.of(RUNS)))
                .hasMessageContaining("is none of the runs");
        assertThatThrownBy(() -> exercise.judge(List.of("daemon"), List.of("tea")))
                .isInstanceOf(CheckFailed.class);
    }

    @Test
    void a_report_that_comes_to_its_end_is_accepted() {
        assertThat(Lesson01.pipe()
                        .judge(List.of(
                                process(() -> "done, 200000 bytes of errors").start()))
                        .message())
                .contains("nothing is lost");
    }

    @Test
    void a_report_that_waits_or_lacks_something_is_not_accepted_and_its_process_is_ended() {
        var waits = process(() -> sleep(600_000)).start();

        assertThatThrownBy(() -> Lesson01.pipe().judge(List.of(waits))).hasMessageContaining("nobody reads it");
        waits.join();
        assertThat(waits.alive()).isFalse();
        assertThatThrownBy(() ->
                        Lesson01.pipe().judge(List.of(process(() -> "done").start())))
                .hasMessageContaining("its report is \"done\"");
    }

    @Test
    void a_claim_near_the_measured_ratio_is_accepted() {
        var starts = Map.of("true", 2.0, "java", 60.0);

        assertThat(Lesson01.startup().judge(List.of(starts, 28)).message()).isEqualTo("30.0 times.");
        assertThatThrownBy(() -> Lesson01.startup().judge(List.of(starts, 10))).isInstanceOf(CheckFailed.class);
        assertThatThrownBy(() -> Lesson01.startup().judge(List.of(Map.of(), 10)))
                .hasMessageContaining("Hand in your measurement");
    }
}
