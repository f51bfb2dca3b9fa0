package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OutcomesTest {
    private static Object of(String name) {
        try {
            Class<?> lessons =
                    new ExploredLoader("threadbook.lab.explore.Lessons").loadClass("threadbook.lab.explore.Lessons");
            return lessons.getDeclaredMethod(name).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static Outcomes outcomes(String name) {
        return (Outcomes) of(name);
    }

    @Test
    void counts_are_in_the_order_of_the_numbers() {
        assertThat(outcomes("addAndDouble").counts())
                .containsExactly(Map.entry("3", 2L), Map.entry("4", 2L), Map.entry("5", 1L), Map.entry("6", 1L));
    }

    @Test
    void a_replay_tells_each_step_with_its_value_and_what_it_has_overwritten() {
        Replay replay = outcomes("addAndDouble").replay(4);

        assertThat(replay.steps())
                .extracting(step -> step.thread() + " " + step.verb() + " " + step.object() + " " + step.value())
                .containsExactly(
                        "T2 read Lessons.x 2", "T1 read Lessons.x 2", "T1 write Lessons.x 3", "T2 write Lessons.x 4");
        assertThat(replay.steps().getLast().lost()).isTrue();
        assertThat(replay.ending()).isEqualTo("4");
        assertThat(replay.begin()).containsEntry("Lessons.x", "2");
    }

    @Test
    void a_replay_tells_whether_a_lock_was_taken_that_was_tried() {
        assertThat(outcomes("tried").replay(1).steps())
                .extracting(Replay.Moment::text)
                .contains("tryLock Lessons.a: true", "tryLock Lessons.a: false");
    }

    @Test
    void the_same_outcome_is_replayed_in_the_same_way_each_time() {
        Outcomes outcomes = outcomes("addAndDouble");

        assertThat(outcomes.replay(3)).isEqualTo(outcomes.replay(3));
    }

    @Test
    void an_outcome_that_never_comes_out_is_refused_with_those_that_do() {
        assertThatThrownBy(() -> outcomes("addAndDouble").replay(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3, 4, 5, 6");
    }

    @Test
    void what_a_lock_protects_is_proved() {
        assertThat(outcomes("locked").verify(30)).isInstanceOf(Verdict.Proved.class);
    }

    @Test
    void what_no_lock_protects_is_refuted_by_the_shortest_schedule() {
        assertThat(outcomes("unlocked").verify(30))
                .isInstanceOfSatisfying(
                        Verdict.Refuted.class,
                        refuted -> assertThat(refuted.counterexample().steps()).hasSize(4));
    }

    @Test
    void a_program_with_a_data_race_is_never_proved() {
        assertThat(outcomes("addAndDouble").verify(3, 4, 5, 6)).isInstanceOf(Verdict.Racy.class);
    }

    @Test
    void variables_are_as_before() {
        Object before = of("x");

        outcomes("addAndDouble").counts();

        assertThat(of("x")).isEqualTo(before);
    }

    @Test
    void a_deadlock_says_who_waits_for_what_and_who_holds_it() {
        Replay replay = outcomes("crossed").replay("deadlock");

        assertThat(replay.waits())
                .extracting(wait -> wait.thread() + " waits for " + wait.object() + " of " + wait.holders())
                .containsExactlyInAnyOrder("A waits for Lessons.b of [B]", "B waits for Lessons.a of [A]");
    }
}
