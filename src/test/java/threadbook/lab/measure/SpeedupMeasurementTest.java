package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.measure.SpeedupMeasurement.Plan;
import threadbook.lab.thread.WaitInterruptedException;

/// Measures work that takes no time at all on a clock that says it did.
@Timeout(20)
class SpeedupMeasurementTest {

    private static final long MILLI = 1_000_000;

    /// A machine with two cores on which time passes only in the measured body.
    private static final class Machine implements CoreWitness {
        private final IntToLongFunction millis;
        private final IntPredicate disturbed; // by the number of the run
        private final double others;
        private final List<Integer> runs = new ArrayList<>();
        private long now;
        private int watched;

        Machine(IntToLongFunction millis, IntPredicate disturbed, double others) {
            this.millis = millis;
            this.disturbed = disturbed;
            this.others = others;
        }

        List<SpeedupPoint> measure(Plan plan, List<Integer> counts) {
            return new SpeedupMeasurement(plan, this, new CleanRule(2), () -> now, new Random(1))
                    .measure(this::body, counts);
        }

        private void body(int workers) {
            runs.add(workers);
            long slower = disturbed.test(watched) ? 3 : 1;
            now += millis.applyAsLong(workers) * slower * MILLI;
        }

        @Override
        public Watch begin() {
            int run = ++watched;
            return () -> new Usage(1, others, OptionalDouble.of(disturbed.test(run) ? 1 : 0), OptionalDouble.of(0));
        }

        @Override
        public int cores() {
            return 2;
        }
    }

    private static final IntToLongFunction PERFECT = workers -> 120 / Math.min(2, workers);

    private static Verdict verdict(List<SpeedupPoint> points, int workers) {
        return points.stream()
                .filter(point -> point.workers() == workers)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void work_that_takes_half_the_time_on_two_workers_has_speedup_2() {
        var points = new Machine(PERFECT, _ -> false, 0).measure(Plan.LESSON, List.of(1, 2, 4));

        assertThat(points).extracting(SpeedupPoint::workers).containsExactly(1, 2, 4);
        assertThat(verdict(points, 1)).isEqualTo(new Verdict.Measured(new Estimate(1, new Interval(1, 1))));
        assertThat(verdict(points, 2)).isEqualTo(new Verdict.Measured(new Estimate(2, new Interval(2, 2))));
        assertThat(points.getLast().efficiency()).hasValue(0.5);
        assertThat(points.getFirst().time().median()).isEqualTo(120 * MILLI);
    }

    @Test
    void one_worker_is_measured_even_if_it_was_not_asked_for() {
        var points = new Machine(PERFECT, _ -> false, 0).measure(Plan.LESSON, List.of(2));

        assertThat(points).extracting(SpeedupPoint::workers).containsExactly(1, 2);
    }

    @Test
    void measuring_ends_when_there_are_15_clean_rounds() {
        var points = new Machine(PERFECT, _ -> false, 0).measure(Plan.LESSON, List.of(1, 2));

        assertThat(points).allSatisfy(point -> {
            assertThat(point.clean()).isEqualTo(15);
            assertThat(point.rounds()).isEqualTo(15);
        });
    }

    @Test
    void disturbed_rounds_do_not_count() {
        var points = new Machine(PERFECT, run -> run % 3 == 0, 1).measure(Plan.LESSON, List.of(1, 2));

        assertThat(verdict(points, 2)).isEqualTo(new Verdict.Measured(new Estimate(2, new Interval(2, 2))));
        assertThat(points.getLast().rounds()).isGreaterThan(points.getLast().clean());
    }

    @Test
    void with_fewer_than_5_clean_rounds_there_is_a_reason_instead_of_a_number() {
        var points = new Machine(PERFECT, run -> run > 8, 1).measure(Plan.LESSON, List.of(1, 2));

        assertThat(points.getLast().clean()).isBetween(1, 4);
        assertThat(verdict(points, 2)).isInstanceOf(Verdict.TooNoisy.class);
        assertThat(verdict(points, 2)).hasToString("too noisy: other programs used 1.0 of 2 cores");
        assertThat(points.getLast().speedup()).isEmpty();
        assertThat(points.getLast().efficiency()).isEmpty();
    }

    @Test
    void waits_without_other_programs_point_at_the_body() {
        var points = new Machine(PERFECT, _ -> true, 0).measure(Plan.LESSON, List.of(1, 2));

        assertThat(verdict(points, 2).toString())
                .contains("other programs used only 0.0 of 2")
                .contains("starts more threads");
    }

    @Test
    void measuring_ends_when_the_time_is_over() {
        var machine = new Machine(PERFECT, _ -> true, 1);

        machine.measure(Plan.LESSON, List.of(1, 2));

        // 2 s of warm-up, 6 s of rounds, and what was under way
        assertThat(machine.now).isBetween(7_500 * MILLI, 9_000 * MILLI);
    }

    @Test
    void work_that_is_too_large_for_the_time_is_called_too_slow_and_not_noisy() {
        var points = new Machine(workers -> 3000 / workers, _ -> false, 0).measure(Plan.LESSON, List.of(1, 2));

        assertThat(verdict(points, 2))
                .hasToString("too slow: a round of all numbers of workers takes 4.50 s, so 2 fitted into 6.00 s;"
                        + " give it less work");
    }

    @Test
    void short_work_is_repeated_until_a_run_can_be_judged() {
        var plan = new Plan(Duration.ZERO, 6, Duration.ofSeconds(1), Duration.ofSeconds(6), 5, Duration.ofMillis(25));
        var machine = new Machine(workers -> workers == 1 ? 10 : 5, _ -> false, 0);

        var points = machine.measure(plan, List.of(1, 2));

        assertThat(machine.runs).hasSize(2 * 6 + 2 * 5 * 5); // warm-up, then 5 rounds of 5 repetitions
        assertThat(points.getFirst().time().median()).isEqualTo(10 * MILLI);
    }

    @Test
    void warm_up_goes_on_while_the_work_still_gets_faster() {
        var plan = new Plan(Duration.ZERO, 1, Duration.ofHours(1), Duration.ofSeconds(6), 5, Duration.ofMillis(1));
        var machine = new Machine(workers -> 0, _ -> false, 0);
        var compiling = new Machine(_ -> Math.max(100, 1000 - 100L * machine.runs.size()), _ -> false, 0);

        compiling.measure(plan, List.of(1));
        int steady = compiling.runs.size();
        var shrinking = new Object() {
            private long millis = 4000;
        };
        var slow = new Machine(_ -> shrinking.millis = Math.max(100, shrinking.millis / 2), _ -> false, 0);
        slow.measure(plan, List.of(1));

        assertThat(slow.runs.size()).isGreaterThan(steady);
    }

    @Test
    void the_order_within_a_round_changes() {
        var machine = new Machine(PERFECT, _ -> false, 0);

        machine.measure(Plan.LESSON, List.of(1, 2));

        var firsts = new ArrayList<Integer>();
        for (int i = 0; i < machine.runs.size(); i += 2) {
            firsts.add(machine.runs.get(i));
        }
        assertThat(firsts).contains(1, 2);
    }

    @Test
    void an_interrupted_caller_is_let_go_with_its_flag_set() {
        var machine = new Machine(PERFECT, _ -> false, 0);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> machine.measure(Plan.LESSON, List.of(1, 2)))
                .isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void no_workers_are_refused() {
        assertThatThrownBy(() -> new Machine(PERFECT, _ -> false, 0).measure(Plan.LESSON, List.of(0)))
                .hasMessage("speedup needs at least 1 worker, found 0");
    }
}
