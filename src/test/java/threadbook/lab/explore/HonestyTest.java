package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.lab.explore.engine.NotModelledException;

/// A wrong "proved" is the worst that the explorer could say.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HonestyTest {

    private static Outcomes outcomes(String name) {
        return Loaded.outcomes(HonestPrograms.class, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"storedAdd", "storedBump", "storedOwn", "storedInArray", "storedInList", "captured"})
    void a_reference_to_a_method_that_was_stored_before_is_refused_with_its_name(String name) {
        assertThatThrownBy(() -> outcomes(name).verify(0, 1, 2))
                .hasStackTraceContaining("the method reference java.util.");
    }

    @Test
    void a_stored_reference_to_a_method_of_the_program_is_followed() {
        assertThat(outcomes("ownReference").counts()).containsOnlyKeys("1", "2");
    }

    @Test
    void a_clone_reads_all_elements() {
        Outcomes cloned = outcomes("cloned");

        assertThat(cloned.counts()).containsOnlyKeys("0", "1", "2");
        assertThat(cloned.verify(0, 2)).isInstanceOf(Verdict.Refuted.class);
        assertThat(cloned.verify(0, 1, 2)).isInstanceOf(Verdict.Racy.class);
    }

    @Test
    void futures_that_have_nothing_to_do_with_each_other_order_nothing() {
        assertThat(outcomes("unrelatedFutures").verify(0, 1)).isInstanceOf(Verdict.Racy.class);
        assertThat(outcomes("twoFutures").verify(0, 1)).isInstanceOf(Verdict.Racy.class);
    }

    @Test
    void a_class_whose_initialiser_changes_what_others_see_is_not_modelled() {
        assertThatThrownBy(() -> outcomes("initialiser").counts())
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("initialis")
                .hasMessageContaining("Counted");
    }

    @Test
    void what_a_class_sets_of_itself_is_not_put_back_after_the_schedule() {
        Outcomes first = outcomes("initialisedInSetUp");

        assertThat(first.verify(8)).isInstanceOf(Verdict.Proved.class);
        assertThat(first.counts()).containsOnlyKeys("8");
    }

    @Test
    void a_class_that_initialises_only_itself_is_as_if_it_had_been_initialised_before() {
        assertThat(outcomes("quietInitialiser").verify(10)).isInstanceOf(Verdict.Proved.class);
    }

    @Test
    void two_who_step_back_for_ever_are_a_livelock_with_the_steps_that_repeat() {
        Outcomes polite = outcomes("polite");

        Replay replay = polite.replay("livelock");

        assertThat(polite.counts()).containsKeys("done", "livelock");
        assertThat(replay.ending()).startsWith("livelock: A and B repeat the last ");
        assertThat(replay.steps()
                        .subList(replay.steps().size() - 6, replay.steps().size()))
                .extracting(Replay.Moment::text)
                .contains("tryLock HonestPrograms.right: false", "unlock HonestPrograms.left");
        assertThat(polite.verify("done")).isInstanceOf(Verdict.Refuted.class);
        assertThat(polite.verify("done").text()).isEqualTo("Refuted: it may never end.");
    }

    @Test
    void schedules_that_two_searches_find_do_not_count_twice() {
        Outcomes many = outcomes("manyIncrements");

        assertThat(many.exhaustive()).isFalse();
        assertThat(many.counts().values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0))
                .isLessThanOrEqualTo(many.schedules());
    }

    @Test
    void an_outcome_that_can_change_is_what_it_was_when_it_was_read() {
        assertThat(outcomes("collected").counts()).containsOnly(entry("[1, 2]", 1L), entry("[2, 1]", 1L));
        assertThat(outcomes("saved").counts()).containsOnly(entry("holds 1", 4L), entry("holds 2", 2L));
    }

    @Test
    void a_condition_sees_an_outcome_as_it_was_when_it_was_read() {
        assertThat(outcomes("collected").verify(list -> ((List<?>) list).isEmpty()))
                .isInstanceOf(Verdict.Refuted.class);
        assertThat(outcomes("collected").verify(list -> ((List<?>) list).size() == 2))
                .isInstanceOf(Verdict.Proved.class);
    }
}
