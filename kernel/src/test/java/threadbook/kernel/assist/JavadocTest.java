package threadbook.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class JavadocTest {

    @Test
    void inline_tags_become_html() {
        assertThat(Javadoc.of("A {@code List<T>}, see {@link #add(Object) adding} or {@linkplain Map#get}.")
                        .html())
                .isEqualTo("<div>A <code>List&lt;T&gt;</code>, see <code>adding</code> or Map.get.</div>");
    }

    @Test
    void block_tags_become_headings_with_their_entries() {
        String text = Javadoc.of("Adds.\n@param e what to add\n@param n how often\n@return the sum\n@author me\n")
                .text();

        assertThat(text.lines().filter(line -> !line.isBlank()))
                .containsExactly("Adds.", "Parameters", "  e what to add", "  n how often", "Returns", "  the sum");
    }

    @Test
    void the_text_keeps_paragraphs_lists_and_listings_and_has_no_tags_or_entities() {
        String text = Javadoc.of(
                        "First   one.\n<p>Second &lt;b&gt;.\n<ul><li>a<li>b</ul><pre>{@code\n  x();\n    y();\n}</pre>")
                .text();

        assertThat(text.lines().filter(line -> !line.isBlank()))
                .containsExactly("First one.", "Second <b>.", "  • a", "  • b", "    x();", "      y();");
    }

    @Test
    void an_unfinished_tag_is_survived() {
        assertThat(Javadoc.of("A {@code open").text()).isEqualTo("A open");
    }
}
