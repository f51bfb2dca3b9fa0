package threadbook.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

@Timeout(30)
class TableBundleTest {
    private static String text(Table table) {
        return TableBundle.of(table).get("text/plain");
    }

    private static String html(Table table) {
        return TableBundle.of(table).get("text/html");
    }

    @Test
    void numbers_stand_below_each_other_with_four_digits() {
        var table = Table.create(
                StringColumn.create("lock", "none", "ReentrantLock"), DoubleColumn.create("ns", 2.0 / 3, 19.4));

        assertThat(text(table)).isEqualTo("""
                lock                ns
                none            0.6667
                ReentrantLock  19.4000""");
    }

    @Test
    void whole_numbers_have_no_decimals() {
        var table = Table.create(IntColumn.create("workers", 1, 16), DoubleColumn.create("speedup", 1, 12));

        assertThat(text(table)).isEqualTo("""
                workers  speedup
                      1        1
                     16       12""");
    }

    @Test
    void a_format_that_the_column_was_given_wins() {
        var share = DoubleColumn.create("share", 0.125, 0.5);
        share.setPrintFormatter(NumberColumnFormatter.percent(1));

        assertThat(text(Table.create(share))).contains("12.5%", "50.0%");
    }

    @Test
    void a_missing_value_is_empty() {
        var table = Table.create(
                DoubleColumn.create("a", Double.NaN, 1.5),
                FloatColumn.create("b", 0.1f, Float.NaN),
                StringColumn.create("c", null, "x"),
                BooleanColumn.create("d", true, false),
                DateColumn.create("e", null, LocalDate.of(2026, 1, 5)));

        assertThat(html(table)).doesNotContain("NaN", "null").contains("2026-01-05", "true");
        assertThat(text(table)).contains("0.1");
    }

    @Test
    void a_long_table_is_cut_and_says_how_many_rows_there_are_more() {
        var table =
                Table.create("t", IntColumn.create("n", IntStream.range(0, 1000).toArray()));

        assertThat(text(table)).endsWith("… and 980 more rows");
        assertThat(html(table)).contains("… and 980 more rows");
        assertThat(html(table).split("<td", -1)).hasSize(21);
    }

    @Test
    void names_and_texts_are_escaped() {
        var table = Table.create("<i>t</i>", StringColumn.create("<b>", "<script>alert(1)</script>"));

        assertThat(html(table))
                .contains("&lt;i&gt;t&lt;/i&gt;", "&lt;b&gt;", "&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void numbers_are_on_the_right_texts_on_the_left_and_the_letters_large_enough_for_a_projector() {
        var table = Table.create(StringColumn.create("lock", "none"), DoubleColumn.create("ns", 2.0));

        assertThat(html(table)).contains("font-size:15px", "text-align:left\">none", "text-align:right\">2");
    }

    @Test
    void an_empty_table_is_its_header() {
        assertThat(text(Table.create(IntColumn.create("n")))).isEqualTo("n");
        assertThat(text(Table.create())).isEmpty();
    }
}
