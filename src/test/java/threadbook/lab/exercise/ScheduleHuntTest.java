package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ScheduleHuntTest {

    private static Passed hunted(ScheduleHunt exercise, String program, String schedule) {
        return exercise.judge(List.of(Answers.handedIn(program), schedule));
    }

    @Test
    void a_schedule_that_gets_there_passes() {
        assertThat(hunted(Lesson03.four(), "doubled", "T1 T2 T1 T2").message())
                .isEqualTo("4 after 4 steps: T1 T2 T1 T2.");
        assertThat(hunted(Lesson05.hunt(), "visits", "A A A B").message()).startsWith("deadlock after 4 steps");
        assertThat(hunted(Lesson05.hunt(), "visits", "A×3 B").message()).startsWith("deadlock after 4 steps");
    }

    @Test
    void three_additions_each_can_end_at_two() {
        assertThat(hunted(Lesson03.two(), "threeEach", "A B B B B A B A A A A B")
                        .message())
                .startsWith("2 after 12 steps");
    }

    @Test
    void a_program_that_was_played_passes_too() {
        var played = Answers.handedIn("doubled")
                .play()
                .step("T2")
                .step("T1")
                .step("T1")
                .step("T2");

        assertThat(Lesson03.four().judge(List.of(played)).message()).startsWith("4 after 4 steps");
    }

    @ParameterizedTest
    @CsvSource({
        "T1 T2 T2 T1, 'This schedule ends with 3, not with 4.'",
        "T1 T1 T2 T2, 'ends with 6'",
        "T1 T2 T1, 'After these 3 steps it is not over: T2 can go on.'",
        "'', 'T1 and T2 can go on.'",
        "T1 T1 T1 T2, 'Step 3: T1 cannot go on there. Who can: T2.'",
        "T1 T3, 'Step 2: no thread is called T3. The threads are T1 and T2.'"
    })
    void a_schedule_that_does_not_get_there_is_told_why(String schedule, String reason) {
        assertThatThrownBy(() -> hunted(Lesson03.four(), "doubled", schedule))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_thread_that_waits_cannot_be_told_to_go_on() {
        assertThatThrownBy(() -> hunted(Lesson05.hunt(), "visits", "A B A"))
                .hasMessage("Step 2: B cannot go on there. Who can: A.");
    }

    @Test
    void a_way_that_is_too_long_is_told_so() {
        var shorter = new ScheduleHunt("any", "deadlock", 3, Lesson05.hunt().outcomes(), List.of());

        assertThatThrownBy(() -> hunted(shorter, "visits", "A A A B"))
                .hasMessage("That is it, but in 4 steps; 3 are enough.");
    }

    @Test
    void another_program_that_ends_there_is_no_answer() {
        assertThatThrownBy(() -> hunted(Lesson03.four(), "alwaysFour", "T1 T1 T2 T2"))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("not the program of the exercise");
    }

    @Test
    void a_program_without_a_schedule_is_refused_with_what_to_hand_in() {
        assertThatThrownBy(() -> Lesson03.four().judge(List.of(Answers.handedIn("doubled"))))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("check(\"03-hunt-four\"");
    }
}
