package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.lab.explore.DeadlockCycle;
import threadbook.lab.explore.RaceReport;
import threadbook.lab.explore.Replay;

@Timeout(60)
class ProvenRepairTest {
    private final RecordedScreen screen = new RecordedScreen();

    @AfterEach
    void close() {
        screen.close();
    }

    private static void fails(ProvenRepair exercise, String answer, String reason) {
        assertThatThrownBy(() -> exercise.judge(List.of(Answers.handedIn(answer))))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soldBehindALock", "soldAtomically"})
    void what_is_right_in_every_schedule_passes(String answer) {
        var passed = Lesson03.counter().judge(List.of(Answers.handedIn(answer)));

        assertThat(passed.message()).startsWith("proved: in every schedule the outcome is 3");
    }

    @Test
    void one_lock_for_all_that_belongs_together_passes() {
        assertThat(Lesson04.transfer()
                        .judge(List.of(Answers.handedIn("bankBehindOneLock")))
                        .id())
                .isEqualTo("04-fix-transfer");
    }

    @Test
    void one_order_of_forks_passes() {
        assertThat(Lesson05.philosophers()
                        .judge(List.of(Answers.handedIn("forksInOrder")))
                        .message())
                .contains("nobody waits for ever");
    }

    @ParameterizedTest
    @CsvSource({
        "soldWithoutALock, right is only 3",
        "soldBehindALockOfOnesOwn, right is only 3",
        "soldBehindABoxedLock, right is only 3",
        "soldAndNeverUnlocked, 'Deadlock after '",
        "soldByTwo, 'has 3 threads, yours has 2'",
        "soldNothing, 'T1 alone must end with 1, but ends with 3'",
        "soldInVain, 'T1 alone must end with 1, but ends with endless'"
    })
    void a_wrong_counter_fails_with_its_reason(String answer, String reason) {
        fails(Lesson03.counter(), answer, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "bankThatAsksOutside, right is only 40 60 100",
        "bankWithTwoLocks, right is only 40 60 100",
        "bankThatThrows, IllegalStateException: no money"
    })
    void a_wrong_bank_fails_with_its_reason(String answer, String reason) {
        fails(Lesson04.transfer(), answer, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "leftForkFirst, 'Deadlock after 3 steps'",
        "otherOrderOfGivingBack, 'Deadlock after 3 steps'",
        "oneForkIsEnough, 'right is only [2, 2, 2]'",
        "triesOnce, 'right is only [2, 2, 2]'",
        "triesAgainAndAgain, 'never ends: endless: P'"
    })
    void a_wrong_table_fails_with_its_reason(String answer, String reason) {
        fails(Lesson05.philosophers(), answer, reason);
    }

    @Test
    void an_endless_schedule_is_told_by_the_steps_that_repeat() {
        fails(Lesson05.philosophers(), "triesAgainAndAgain", "repeats the last 3 steps here for ever");
        assertThat(screen.shown)
                .singleElement()
                .isInstanceOfSatisfying(
                        Replay.class, replay -> assertThat(replay.steps()).hasSizeLessThan(50));
    }

    @Test
    void all_schedules_right_but_a_data_race_is_not_enough() {
        var exercise = new ProvenRepair("any", List.of("1", "2", "3"), List.of("1", "1", "1"), List.of());

        fails(exercise, "soldWithoutALock", "data race on");
        assertThat(screen.shown).singleElement().isInstanceOf(RaceReport.class);
    }

    @Test
    void the_schedule_that_is_wrong_is_shown() {
        fails(Lesson03.counter(), "soldWithoutALock", "The schedule above ends with");
        fails(Lesson05.philosophers(), "leftForkFirst", "as shown above");

        assertThat(screen.shown)
                .satisfiesExactly(
                        wrong -> assertThat(wrong).isInstanceOf(Replay.class),
                        stuck -> assertThat(stuck).isInstanceOf(DeadlockCycle.class));
    }

    @Test
    void what_is_no_program_is_refused_with_what_to_hand_in() {
        assertThatThrownBy(() -> Lesson03.counter().judge(List.of(3)))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("check(\"03-fix-counter\"");
    }
}
