package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.WaitInterruptedException;

/// Compares work that takes no time at all on a clock that says it did.
@Timeout(30)
class ComparisonTest {

    private long now;
    private final List<String> runs = new ArrayList<>();

    private Comparison comparison(double others) {
        var witness = new CoreWitness() {
            @Override
            public Watch begin() {
                return () -> new Usage(1, others, OptionalDouble.empty(), OptionalDouble.empty());
            }

            @Override
            public int cores() {
                return 2;
            }
        };
        return new Comparison(7, witness, () -> now, new Random(1), List.of());
    }

    private void work(String name, long millis) {
        runs.add(name);
        now += millis * 1_000_000;
    }

    @Test
    void nothing_runs_before_somebody_looks() {
        var comparison = comparison(0).run("slow", () -> work("slow", 300));

        assertThat(comparison.toString()).contains("[slow]").contains("nobody has looked");
        assertThat(runs).isEmpty();
    }

    @Test
    void the_second_look_measures_nothing_new() {
        var comparison = comparison(0).run("slow", () -> work("slow", 300));

        var first = comparison.results();
        int ran = runs.size();
        comparison.mimeBundle();

        assertThat(comparison.results()).isEqualTo(first);
        assertThat(runs).hasSize(ran);
    }

    @Test
    void each_variant_has_its_median_and_how_it_compares_with_the_first() {
        var comparison = comparison(0).run("slow", () -> work("slow", 300)).run("fast", () -> work("fast", 100));
        comparison.results();

        assertThat(comparison).hasToString("""
                variant   median   95 % interval      of the first
                slow      300 ms   300 ms to 300 ms   1.00 ×
                fast      100 ms   100 ms to 100 ms   0.33 ×""");
        assertThat(comparison.table().doubleColumn("ms").asList()).containsExactly(300.0, 100.0);
        assertThat(comparison.chart().alt()).contains("slow");
    }

    @Test
    void variants_take_turns_in_random_order() {
        comparison(0)
                .run("a", () -> work("a", 300))
                .run("b", () -> work("b", 300))
                .results();

        var rounds = new ArrayList<List<String>>();
        for (int i = 0; i < runs.size(); i += 2) {
            rounds.add(runs.subList(i, i + 2));
        }
        assertThat(rounds).allSatisfy(round -> assertThat(round).containsExactlyInAnyOrder("a", "b"));
        assertThat(rounds).contains(List.of("a", "b"), List.of("b", "a"));
    }

    @Test
    void overlapping_intervals_are_called_undecided() {
        var comparison = comparison(0).run("a", () -> work("a", 200)).run("b", () -> work("b", 200));
        comparison.results();

        assertThat(comparison.toString()).contains("The intervals of a and b overlap: these rounds do not tell");
    }

    @Test
    void other_programs_are_mentioned_if_they_took_part() {
        var comparison = comparison(0.8).run("a", () -> work("a", 200));
        comparison.results();

        assertThat(comparison.toString()).contains("Other programs used 0.8 of 2 cores");
    }

    @Test
    void a_short_variant_is_repeated_until_the_clock_can_tell_it_from_nothing() {
        comparison(0).run("short", () -> work("short", 1)).results();

        assertThat(runs).hasSize(300 + 7 * 5); // 300 ms of warm-up, then 7 rounds of 5 ms
    }

    @Test
    void an_interrupted_caller_is_let_go_and_nothing_is_remembered() {
        var comparison = comparison(0).run("a", () -> work("a", 200));
        Thread.currentThread().interrupt();

        assertThatThrownBy(comparison::results).isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(comparison.results()).hasSize(1);
    }

    @Test
    void too_few_rounds_equal_names_and_no_variants_are_refused() {
        var one = comparison(0).run("a", () -> {});

        assertThatThrownBy(() -> Comparison.ofRounds(4))
                .hasMessageContaining("at least 5 rounds")
                .hasMessageContaining("found 4");
        assertThatThrownBy(() -> one.run("a", () -> {})).hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> comparison(0).results()).hasMessageContaining("nothing to compare");
    }

    @Test
    void names_are_escaped_in_html() {
        assertThat(comparison(0).run("<b>", () -> work("b", 9)).mimeBundle().get("text/html"))
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
    }
}
