package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TextTableTest {

    @Test
    void columns_are_as_wide_as_their_longest_text() {
        var table =
                new TextTable(List.of("a", "long"), List.of(List.of("xyz", "1"), List.of("x", "22")), List.of("note"));

        assertThat(table.text()).isEqualTo("a     long\nxyz   1\nx     22\nnote");
    }

    @Test
    void a_table_without_columns_is_its_notes() {
        var table = new TextTable(List.of(), List.of(), List.of("one", "two"));

        assertThat(table.text()).isEqualTo("one\ntwo");
        assertThat(table.html()).doesNotContain("<table");
    }

    @Test
    void every_text_is_escaped() {
        var table = new TextTable(List.of("<h>"), List.of(List.of("<c> & \"d\"")), List.of("<n>"));

        assertThat(table.html())
                .contains("&lt;h&gt;", "&lt;c&gt; &amp; &quot;d&quot;", "&lt;n&gt;")
                .doesNotContain("<h>", "<c>", "<n>");
    }

    @Test
    void a_row_with_too_few_texts_is_refused() {
        assertThatThrownBy(() -> new TextTable(List.of("a", "b"), List.of(List.of("1")), List.of()))
                .hasMessageContaining("2 texts")
                .hasMessageContaining("[1]");
    }
}
