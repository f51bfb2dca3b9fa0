package threadbook.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@Timeout(30)
class ChartsTest {
    static Table speedups() {
        return Table.create(
                "primes",
                StringColumn.create("series", "no lock", "no lock", "no lock", "one lock", "one lock", "one lock"),
                IntColumn.create("workers", 1, 2, 4, 1, 2, 4),
                DoubleColumn.create("speedup", 1, 1.87, 1.91, 1, 0.93, 0.9),
                DoubleColumn.create("low", 0.98, 1.8, 1.7, 0.97, 0.85, 0.8),
                DoubleColumn.create("high", 1.02, 1.92, 1.99, 1.04, 0.99, 0.98));
    }

    static Table costs() {
        return Table.create(
                "costs",
                StringColumn.create(
                        "lock",
                        "synchronized",
                        "ReentrantLock",
                        "LongAdder",
                        "synchronized",
                        "ReentrantLock",
                        "LongAdder"),
                DoubleColumn.create("ns per increment", 20.4, 25, 9, 180, 150, 11),
                DoubleColumn.create("low", 19, 22, 8, 150, 140, 10),
                DoubleColumn.create("high", 22, 27, 10, 210, 170, 13),
                StringColumn.create(
                        "series", "1 thread", "1 thread", "1 thread", "8 threads", "8 threads", "8 threads"));
    }

    static JsonNode json(Chart chart) {
        try {
            return new ObjectMapper().readTree(chart.mimeBundle().get("application/vnd.threadbook.chart+json"));
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void a_logarithmic_axis_has_no_range_that_begins_at_zero() {
        var chart = Charts.lines(costs(), "What a lock costs");
        var both = chart.logY();

        assertThat(chart.layout().get("yaxis").toString()).contains("range=", "type=linear");
        assertThat(both.layout().get("yaxis").toString())
                .contains("type=log", "ns per increment")
                .doesNotContain("range");
        assertThat(both.layout().get("xaxis")).isEqualTo(chart.layout().get("xaxis"));
        assertThat(both.alt()).isEqualTo(chart.alt());
        assertThat(Charts.lines(speedups(), "tea").logX().layout().get("xaxis").toString())
                .contains("type=log");
    }

    @Test
    void a_speedup_chart_has_the_ideal_line_and_a_line_for_each_series() {
        var data = json(Charts.speedup(speedups(), "Counting primes")).get("data");

        assertThat(data.findValuesAsText("name")).containsExactly("ideal", "no lock", "one lock");
        assertThat(data.get(0).get("y").toString()).isEqualTo("[1,4]");
        assertThat(data.get(1).get("y").toString()).isEqualTo("[1,1.87,1.91]");
    }

    @Test
    void error_bars_reach_from_low_to_high() {
        var bars = json(Charts.speedup(speedups(), "Counting primes"))
                .get("data")
                .get(1)
                .get("error_y");

        assertThat(bars.get("array").get(1).asDouble()).isCloseTo(0.05, Offset.offset(1e-9));
        assertThat(bars.get("arrayminus").get(1).asDouble()).isCloseTo(0.07, Offset.offset(1e-9));
    }

    @Test
    void every_number_of_workers_that_was_measured_is_written_on_the_axis() {
        var axis = json(Charts.speedup(speedups(), "Counting primes"))
                .get("layout")
                .get("xaxis");

        assertThat(axis.get("tickvals").toString()).isEqualTo("[1,2,4]");
    }

    @Test
    void the_alternative_text_reads_out_the_numbers() {
        var alt = Charts.speedup(speedups(), "Counting primes").alt();

        assertThat(alt)
                .startsWith("Counting primes. Speedup by number of workers. no lock: workers 1: 1 (0.98 to 1.02);")
                .contains("one lock: ", "0.93 (0.85 to 0.99)");
    }

    @Test
    void a_measurement_that_is_missing_leaves_a_gap() {
        var table =
                Table.create(IntColumn.create("workers", 1, 2, 4), DoubleColumn.create("speedup", 1, Double.NaN, 1.9));

        var chart = Charts.speedup(table, "Gap");

        assertThat(json(chart).get("data").get(1).get("y").toString()).isEqualTo("[1,null,1.9]");
        assertThat(chart.alt()).contains("workers 2: no value");
    }

    @Test
    void bars_of_several_series_stand_side_by_side_and_differ_in_colour_and_hatching() {
        var data = json(Charts.bars(costs(), "Cost of one increment")).get("data");

        assertThat(data.size()).isEqualTo(2);
        assertThat(data.findValuesAsText("name")).containsExactly("1 thread", "8 threads");
        assertThat(data.get(0).get("marker").get("color"))
                .isNotEqualTo(data.get(1).get("marker").get("color"));
        assertThat(data.get(1).get("marker").get("pattern").get("shape").asText())
                .isEqualTo("/");
    }

    @Test
    void the_columns_names_stand_on_the_axes() {
        var layout = json(Charts.bars(costs(), "Cost of one increment")).get("layout");

        assertThat(layout.get("xaxis").get("title").get("text").asText()).isEqualTo("lock");
        assertThat(layout.get("yaxis").get("title").get("text").asText()).isEqualTo("ns per increment");
    }

    @Test
    void a_chart_can_be_given_other_words() {
        var chart = Charts.bars(costs(), "Cost").alt("Locks cost ten times more under contention");

        assertThat(chart.mimeBundle()).containsEntry("text/plain", "Locks cost ten times more under contention");
        assertThat(chart.mimeBundle().get("text/html")).contains("alt=\"Locks cost ten times more under contention\"");
    }

    @Test
    void a_missing_column_is_named_with_those_that_are_there() {
        var table = Table.create(IntColumn.create("threads", 1, 2), DoubleColumn.create("speedup", 1, 2));

        assertThatThrownBy(() -> Charts.speedup(table, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workers")
                .hasMessageContaining("[threads, speedup]");
    }
}
