package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.measure.Curve;
import threadbook.lab.measure.Estimate;
import threadbook.lab.measure.Interval;
import threadbook.lab.measure.Speedup;
import threadbook.lab.measure.SpeedupPoint;
import threadbook.lab.measure.Verdict;

@Timeout(10)
class SpeedupClaimTest {

    private final SpeedupClaim exercise = new SpeedupClaim();

    private static SpeedupPoint point(int workers, double low, double median, double high) {
        return point(workers, new Verdict.Measured(new Estimate(median, new Interval(low, high))));
    }

    private static SpeedupPoint point(int workers, Verdict verdict) {
        return new SpeedupPoint(workers, new Estimate(1e8, new Interval(9e7, 1.1e8)), verdict, 15, 20);
    }

    private static Speedup curve(SpeedupPoint... points) {
        return new Speedup(List.of(new Curve("primes", List.of(points))));
    }

    private static final Speedup TWO_CORES =
            curve(point(1, 1, 1, 1), point(2, 1.93, 1.95, 1.97), point(4, 1.94, 1.96, 1.98));

    private void fails(Speedup speedup, Object claim, String reason) {
        assertThatThrownBy(() -> exercise.judge(List.of(speedup, claim)))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining(reason);
    }

    @Test
    void the_smallest_number_that_nothing_clearly_beats_is_right() {
        assertThat(exercise.judge(List.of(TWO_CORES, 2)).message()).contains("1.95 (1.93–1.97) with 2 workers");
    }

    @Test
    void the_highest_point_is_wrong_if_its_lead_is_not_clear() {
        fails(TWO_CORES, 4, "fewer workers do as well");
    }

    @Test
    void a_number_that_is_clearly_beaten_is_wrong() {
        fails(TWO_CORES, 1, "1.95 (1.93–1.97) with 2 workers is clearly more than 1.00 (1.00–1.00) with 1 worker");
    }

    @Test
    void a_lead_of_less_than_5_percent_is_not_clear_however_small_the_intervals() {
        var curve = curve(point(1, 1, 1, 1), point(2, 1.95, 1.95, 1.95), point(4, 1.98, 1.98, 1.98));

        assertThat(exercise.judge(List.of(curve, 2)).id()).isEqualTo("03-speedup-claim");
    }

    @Test
    void with_a_lock_held_throughout_one_worker_does_as_well() {
        var held = curve(point(1, 1, 1, 1), point(2, 0.95, 0.97, 0.99), point(4, 0.93, 0.96, 0.98));

        assertThat(exercise.judge(List.of(held, 1)).message()).contains("with 1 worker");
        fails(held, 2, "fewer workers do as well");
    }

    @Test
    void intervals_that_overlap_in_a_chain_still_leave_one_answer() {
        var chain =
                curve(point(1, 1, 1, 1), point(2, 1.8, 1.85, 1.95), point(4, 1.9, 1.95, 2.1), point(8, 2, 2.05, 2.2));

        assertThat(exercise.judge(List.of(chain, 4)).message()).contains("with 4 workers");
    }

    @Test
    void nothing_follows_from_a_measurement_that_was_too_noisy() {
        fails(
                curve(point(1, 1, 1, 1), point(2, new Verdict.TooNoisy(1, 2, 0.4))),
                2,
                "with 2 workers it was too noisy: other programs used 1.0 of 2 cores");
    }

    @Test
    void what_was_not_measured_cannot_be_claimed() {
        fails(TWO_CORES, 3, "choose one of [1, 2, 4]");
    }

    @Test
    void a_claim_needs_a_measurement_and_a_number() {
        assertThatThrownBy(() -> exercise.judge(List.of(2))).hasMessageContaining(exercise.usage());
        assertThatThrownBy(() -> exercise.judge(List.of(TWO_CORES, "2"))).isInstanceOf(CheckFailed.class);
    }
}
