package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Lesson07Test {
    private final RecordedScreen screen = new RecordedScreen();

    @AfterEach
    void close() {
        screen.close();
    }

    @Test
    void the_lock_changes_hands_at_the_check_and_nowhere_else() {
        Passed passed = Lesson07.checks().judge(List.of("4", "5", "6"), List.of(Answers.handedIn("doubledAtACheck")));

        assertThat(passed.id()).isEqualTo("07-predict-checks");
        assertThatThrownBy(
                        () -> Lesson07.checks().judge(List.of("4", "6"), List.of(Answers.handedIn("doubledAtACheck"))))
                .isInstanceOf(CheckFailed.class)
                .hasMessageStartingWith("Your prediction misses 5");
    }

    @Test
    void a_delivery_is_lost_if_both_read_before_one_writes() {
        var program = Answers.handedIn("deliveredUnderTheGlobalLock");

        assertThat(Lesson07.lost()
                        .judge(List.of(program, "T1×3 T2×3 T1×3 T2×3"))
                        .message())
                .startsWith("1 after 12 steps");
        assertThatThrownBy(() -> Lesson07.lost().judge(List.of(program, "T1×6 T2×6")))
                .isInstanceOf(CheckFailed.class)
                .hasMessage("This schedule ends with 2, not with 1.");
    }

    @Test
    void a_lock_of_ones_own_repairs_the_delivery_if_who_waits_for_it_drops_the_global_one() {
        assertThat(Lesson07.deliver()
                        .judge(List.of(Answers.handedIn("deliveredBehindALock")))
                        .message())
                .startsWith("proved");
        assertThatThrownBy(() -> Lesson07.deliver().judge(List.of(Answers.handedIn("deliveredUnderTheGlobalLock"))))
                .isInstanceOf(CheckFailed.class);
        assertThatThrownBy(() -> Lesson07.deliver().judge(List.of(Answers.handedIn("deliveredHoldingOn"))))
                .isInstanceOf(CheckFailed.class);
    }
}
