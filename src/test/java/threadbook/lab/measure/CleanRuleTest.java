package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CleanRuleTest {

    private final CleanRule twoCores = new CleanRule(2);

    private static Usage waited(double own, double waiting) {
        return new Usage(own, 0, OptionalDouble.of(waiting), OptionalDouble.of(1));
    }

    private static Usage pressed(double own, double pressure) {
        return new Usage(own, 0, OptionalDouble.empty(), OptionalDouble.of(pressure));
    }

    private static Usage others(double others) {
        return new Usage(0, others, OptionalDouble.empty(), OptionalDouble.empty());
    }

    @Test
    void a_run_is_clean_if_its_workers_waited_for_a_core_at_most_3_percent_of_the_time() {
        assertThat(twoCores.clean(1, waited(1, 0.03))).isTrue();
        assertThat(twoCores.clean(1, waited(1, 0.031))).isFalse();
        assertThat(twoCores.clean(2, waited(1.95, 0.06))).isTrue();
        assertThat(twoCores.clean(2, waited(1.95, 0.07))).isFalse();
    }

    @Test
    void more_workers_than_cores_may_wait_for_one_another_if_they_have_nearly_all_cores() {
        assertThat(twoCores.clean(4, waited(1.91, 2))).isTrue();
        assertThat(twoCores.clean(4, waited(1.85, 2))).isFalse();
    }

    @Test
    void more_workers_than_cores_that_wait_for_a_lock_and_not_for_a_core_are_clean() {
        assertThat(twoCores.clean(4, waited(1, 0.01))).isTrue();
    }

    @Test
    void as_many_workers_as_cores_are_not_excused_by_the_cores_they_had() {
        assertThat(twoCores.clean(2, waited(2, 0.5))).isFalse();
    }

    @Test
    void where_only_the_pressure_is_known_it_must_be_low_or_the_asked_cores_obtained() {
        assertThat(twoCores.clean(2, pressed(1.0, 0.02))).isTrue();
        assertThat(twoCores.clean(2, pressed(1.95, 0.5))).isTrue();
        assertThat(twoCores.clean(2, pressed(1.90, 0.5))).isFalse();
    }

    @Test
    void where_nothing_of_that_is_known_the_others_must_leave_a_core_for_each_worker() {
        assertThat(twoCores.clean(1, others(1.0))).isTrue();
        assertThat(twoCores.clean(2, others(0.05))).isTrue();
        assertThat(twoCores.clean(2, others(0.5))).isFalse();
        assertThat(twoCores.clean(8, others(0.5))).isFalse();
    }
}
