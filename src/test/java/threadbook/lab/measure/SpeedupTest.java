package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SpeedupTest {

    private static SpeedupPoint measured(int workers, double low, double median, double high) {
        var time = new Estimate(1e8 / median, new Interval(1e8 / high, 1e8 / low));
        return new SpeedupPoint(
                workers, time, new Verdict.Measured(new Estimate(median, new Interval(low, high))), 15, 17);
    }

    private static Speedup named(String name) {
        var noisy =
                new SpeedupPoint(4, new Estimate(5e7, new Interval(4e7, 6e7)), new Verdict.TooNoisy(1, 2, 0.5), 3, 40);
        return new Speedup(
                List.of(new Curve(name, List.of(measured(1, 1, 1, 1), measured(2, 1.9, 1.96, 1.98), noisy))));
    }

    @Test
    void the_table_has_a_row_for_each_number_of_workers() {
        var table = named("primes").table();

        assertThat(table.columnNames())
                .containsExactly(
                        "series", "workers", "seconds", "speedup", "low", "high", "efficiency", "clean", "rounds");
        assertThat(table.intColumn("workers").asList()).containsExactly(1, 2, 4);
        assertThat(table.doubleColumn("speedup").get(1)).isEqualTo(1.96);
        assertThat(table.doubleColumn("low").get(1)).isEqualTo(1.9);
        assertThat(table.doubleColumn("efficiency").get(1)).isEqualTo(0.98);
    }

    @Test
    void a_row_that_was_too_noisy_has_no_number() {
        var table = named("primes").table();

        assertThat(table.doubleColumn("speedup").isMissing(2)).isTrue();
        assertThat(table.doubleColumn("efficiency").isMissing(2)).isTrue();
    }

    @Test
    void it_shows_itself_as_text_with_the_reason_for_a_missing_number() {
        assertThat(named("primes")).hasToString("""
                work     workers   time      speedup (95 %)     efficiency   clean rounds
                primes   1         100 ms    1.00 (1.00–1.00)   100 %        15 of 17
                primes   2         51.0 ms   1.96 (1.90–1.98)   98 %         15 of 17
                primes   4         50.0 ms   –                  –            3 of 40
                primes, workers 4: too noisy: other programs used 1.0 of 2 cores""");
    }

    @Test
    void two_measurements_stand_in_one_table_and_one_chart() {
        var both = named("free").and(named("locked"));

        assertThat(both.table().stringColumn("series").unique().asList()).containsExactlyInAnyOrder("free", "locked");
        assertThat(both.chart().alt()).contains("free").contains("locked");
    }

    @Test
    void two_measurements_of_one_name_cannot_be_told_apart() {
        assertThatThrownBy(() -> named("primes").and(named("primes"))).hasMessageContaining("different names");
    }

    @Test
    void a_chart_can_be_drawn_even_if_nothing_could_be_measured() {
        var noisy =
                new SpeedupPoint(2, new Estimate(5e7, new Interval(4e7, 6e7)), new Verdict.TooNoisy(1, 2, 0.5), 3, 40);

        var chart = new Speedup(List.of(new Curve("primes", List.of(noisy)))).chart();

        assertThat(chart.mimeBundle()).containsKey("text/html");
    }

    @Test
    void one_number_can_be_asked_for() {
        assertThat(named("primes").ratio(2)).hasValue(1.96);
        assertThat(named("primes").efficiency(2)).hasValue(0.98);
        assertThat(named("primes").ratio(4)).isEmpty();
        assertThatThrownBy(() -> named("primes").ratio(3))
                .hasMessage("3 workers were not measured; measured: [1, 2, 4]");
    }

    @Test
    void names_are_escaped_in_html() {
        assertThat(named("<script>alert(1)</script>").mimeBundle().get("text/html"))
                .contains("&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void by_default_the_workers_double_up_to_twice_the_cores() {
        assertThat(Speedup.powersOfTwo(4)).containsExactly(1, 2, 4);
        assertThat(Speedup.powersOfTwo(24)).containsExactly(1, 2, 4, 8, 16);
    }
}
