package threadbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ValueRendererTest {
    private final ValueRenderer renderer = new ValueRenderer();

    private record Drawn(String picture) {
        public Map<String, String> mimeBundle() {
            return Map.of("image/svg+xml", picture);
        }

        @Override
        public String toString() {
            return "a drawing";
        }
    }

    private record Failing() {
        public Map<String, String> mimeBundle() throws IOException {
            throw new IOException("no paper");
        }
    }

    private record Unprintable() {
        @Override
        public String toString() {
            throw new StackOverflowError();
        }
    }

    @Test
    void a_value_draws_itself_and_has_its_text_too() {
        assertThat(renderer.render(new Drawn("<svg/>")).data())
                .containsExactlyInAnyOrderEntriesOf(Map.of("image/svg+xml", "<svg/>", "text/plain", "a drawing"));
    }

    @Test
    void a_string_is_shown_as_it_is() {
        assertThat(text("a \"b\"\nc")).isEqualTo("a \"b\"\nc");
    }

    @Test
    void null_is_shown() {
        assertThat(text(null)).isEqualTo("null");
    }

    @Test
    void an_array_is_shown_by_its_contents() {
        assertThat(text(new int[][] {{1, 2}, {}, {3}})).isEqualTo("[[1, 2], [], [3]]");
        assertThat(text(new Object[] {"a", null, 'c'})).isEqualTo("[a, null, c]");
    }

    @Test
    void an_array_that_contains_itself_is_shown() {
        Object[] loop = {1, null};
        loop[1] = loop;

        assertThat(text(loop)).isEqualTo("[1, [...]]");
    }

    @Test
    void a_huge_array_is_cut_and_its_length_said() {
        assertThat(text(new int[50_000_000]))
                .hasSizeLessThan(Texts.LIMIT + 200)
                .startsWith("[0, 0, ")
                .endsWith("It is an array of 50000000 elements.");
    }

    @Test
    void a_text_of_a_hundred_megabytes_is_cut_with_a_notice() {
        assertThat(text("x".repeat(100_000_000)))
                .hasSizeLessThan(Texts.LIMIT + 200)
                .contains("… cut after 100000 characters");
    }

    @Test
    void what_a_value_throws_passes_as_it_is() {
        assertThatThrownBy(() -> renderer.render(new Failing()))
                .isInstanceOf(IOException.class)
                .hasMessage("no paper");
        assertThatThrownBy(() -> renderer.render(new Unprintable())).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void every_other_value_is_its_text() {
        assertThat(text(List.of(1, 2))).isEqualTo("[1, 2]");
        assertThat(text(1.5)).isEqualTo("1.5");
    }

    private String text(Object value) {
        return renderer.render(value).data().get("text/plain");
    }
}
