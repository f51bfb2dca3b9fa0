package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FinalValuesTest {

    private final FinalValues exercise = new FinalValues();

    @Test
    void four_values_are_possible() {
        assertThat(FinalValues.possible()).containsOnlyKeys(3, 6, 8, 18);
    }

    @Test
    void each_possible_value_has_an_order_that_ends_with_it() {
        assertThat(FinalValues.possible())
                .containsEntry(8, "T2 reads 1, T2 writes 3, T1 reads 3, T1 writes 8")
                .containsEntry(18, "T1 reads 1, T1 writes 6, T2 reads 6, T2 writes 18");
    }

    @Test
    void all_of_them_in_any_order_are_right_and_are_explained() {
        var passed = exercise.judge(List.of("18", "3", "8", "6"));

        assertThat(passed.answer()).hasSize(4);
        assertThat(passed.mimeBundle().get("text/plain")).contains("✔").contains("T2 writes 18");
    }

    @Test
    void only_the_results_of_one_after_the_other_is_a_plausible_wrong_answer() {
        assertThatThrownBy(() -> exercise.judge(List.of("8", "18")))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("T1 reads 1, T2 reads 1");
    }

    @Test
    void leaving_one_lost_update_out_is_a_plausible_wrong_answer() {
        assertThatThrownBy(() -> exercise.judge(List.of("3", "8", "18")))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("T1 writes 6.");
    }

    @Test
    void an_impossible_value_is_named() {
        assertThatThrownBy(() -> exercise.judge(List.of("1", "3", "6", "8", "18")))
                .isInstanceOf(CheckFailed.class)
                .hasMessageStartingWith("1 cannot happen");
    }
}
