package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EstimateTest {

    @Test
    void the_median_is_the_middle_of_an_odd_number_of_values() {
        assertThat(Estimate.ofMedian(List.of(5.0, 1.0, 100.0)).median()).isEqualTo(5);
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(Estimate.ofMedian(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
    }

    @Test
    void equal_measurements_leave_no_doubt() {
        assertThat(Estimate.ofMedian(Collections.nCopies(9, 2.0))).isEqualTo(new Estimate(2, new Interval(2, 2)));
    }

    @Test
    void the_interval_of_the_median_of_1_to_99_is_about_40_to_60() {
        // The exact binomial interval of the median of 99 values: ranks 40 and 60.
        var values = IntStream.rangeClosed(1, 99).mapToObj(Double::valueOf).toList();

        var interval = Estimate.ofMedian(values).interval();

        assertThat(interval.low()).isCloseTo(40, within(2.0));
        assertThat(interval.high()).isCloseTo(60, within(2.0));
    }

    @Test
    void the_interval_covers_the_true_median_about_95_times_of_100() {
        var random = new Random(7);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            var sample = random.doubles(15).boxed().toList(); // median 0.5
            var interval = Estimate.ofMedian(sample).interval();
            covered += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
        }

        assertThat(covered / 400.0).isBetween(0.93, 0.99);
    }

    @Test
    void the_same_data_and_seed_give_the_same_interval() {
        var values = List.of(1.9, 1.95, 2.0, 1.7, 1.99, 1.94);

        assertThat(Estimate.ofMedian(values, 3)).isEqualTo(Estimate.ofMedian(values, 3));
    }

    @Test
    void the_order_of_the_data_does_not_matter() {
        assertThat(Estimate.ofMedian(List.of(1.0, 2.0, 5.0, 9.0, 7.0)))
                .isEqualTo(Estimate.ofMedian(List.of(9.0, 7.0, 5.0, 2.0, 1.0)));
    }

    @Test
    void nothing_has_no_median() {
        assertThatThrownBy(() -> Estimate.ofMedian(List.of())).hasMessageContaining("found none");
    }

    @Test
    void intervals_that_share_a_value_overlap() {
        assertThat(new Interval(1, 2).overlaps(new Interval(2, 3))).isTrue();
        assertThat(new Interval(2, 3).overlaps(new Interval(1, 2))).isTrue();
        assertThat(new Interval(1, 1.9).overlaps(new Interval(2, 3))).isFalse();
    }

    @Test
    void an_interval_has_its_ends_in_order() {
        assertThatThrownBy(() -> new Interval(2, 1)).hasMessageContaining("found 2.0 to 1.0");
        assertThatThrownBy(() -> new Interval(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
