package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.explore.Replay;

@Timeout(60)
class PossibleOutcomesTest {
    private final RecordedScreen screen = new RecordedScreen();
    private final PossibleOutcomes exercise = Lesson03.finish();

    @AfterEach
    void close() {
        screen.close();
    }

    private Passed judged(String... predicted) {
        return exercise.judge(List.of(predicted), List.of(Answers.handedIn("finish")));
    }

    @Test
    void all_of_them_in_any_order_are_right_and_come_with_their_schedules() {
        var passed = judged("18", "3", "8", "6");

        assertThat(passed.answer()).hasSize(4).contains(List.of("18", "1"));
        assertThat(passed.mimeBundle().get("text/plain")).contains("✔").contains("in schedules");
    }

    @Test
    void only_the_results_of_one_after_the_other_is_a_plausible_wrong_answer() {
        assertThatThrownBy(() -> judged("8", "18"))
                .isInstanceOf(CheckFailed.class)
                .hasMessage("Your prediction misses 3, and more: the schedule above ends with it.");
    }

    @Test
    void a_missed_one_is_shown_as_a_replay_that_ends_with_it() {
        assertThatThrownBy(() -> judged("3", "8", "18"))
                .hasMessage("Your prediction misses 6: the schedule above ends with it.");

        assertThat(screen.shown)
                .singleElement()
                .isInstanceOfSatisfying(
                        Replay.class, replay -> assertThat(replay.ending()).isEqualTo("6"));
    }

    @Test
    void an_impossible_one_is_named() {
        assertThatThrownBy(() -> judged("1", "3", "6", "8", "18"))
                .isInstanceOf(CheckFailed.class)
                .hasMessage("1 cannot happen: none of the 6 schedules ends with it.");
    }

    @Test
    void the_answer_comes_out_of_the_program_of_the_exercise_only() {
        assertThatThrownBy(() -> exercise.judge(List.of("3"), List.of(Answers.handedIn("doubled"))))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("not the program of the exercise");
        assertThatThrownBy(() -> exercise.judge(List.of("3"), List.of()))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("Hand in an explored program");
    }
}
