package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.explore.Verdict;

@Timeout(60)
class RevealingTestTest {
    private final RevealingTest exercise =
            new RevealingTest("any", "right", Map.of("no lock", "two threads must add."), List.of());
    private final Verdict proved = Answers.call("right", Verdict.class);
    private final Verdict refuted = Answers.call("refuted", Verdict.class);
    private final Verdict racy = Answers.call("racy", Verdict.class);

    private Passed judged(Verdict right, Verdict wrong) {
        return exercise.judge(List.of(Map.of("right", right, "no lock", wrong)));
    }

    @Test
    void what_accepts_the_right_one_and_refutes_the_wrong_one_passes() {
        assertThat(judged(proved, refuted).answer().getFirst().getLast()).startsWith("it can end with ");
    }

    @Test
    void to_point_at_a_data_race_is_to_reject() {
        assertThat(judged(proved, racy).answer().getFirst().getLast()).startsWith("data race on ");
    }

    @Test
    void a_test_that_accepts_a_fault_fails_and_is_told_what_the_fault_needs() {
        assertThatThrownBy(() -> judged(proved, proved))
                .isInstanceOf(CheckFailed.class)
                .hasMessage("Your test accepts \"no lock\", which is wrong: two threads must add.");
    }

    @Test
    void a_test_that_rejects_everything_fails() {
        assertThatThrownBy(() -> judged(refuted, refuted))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("\"right\" is right, but your test rejects it");
    }

    @Test
    void a_test_that_cannot_be_proved_in_the_time_fails() {
        var open = new Verdict.NotExhaustive("the outcome is 3", 9);

        assertThatThrownBy(() -> judged(open, refuted)).hasMessageContaining("too large to be proved");
        assertThatThrownBy(() -> judged(proved, open)).hasMessageContaining("finds nothing wrong with \"no lock\"");
    }

    @Test
    void a_variant_without_a_verdict_is_named() {
        assertThatThrownBy(() -> exercise.judge(List.of(Map.of("right", proved))))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("no verdict on \"no lock\"");
        assertThatThrownBy(() -> exercise.judge(List.of(proved))).hasMessageContaining("Hand in the verdicts");
    }
}
