package threadbook.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class JsonTextTest {

    @Test
    void numbers_that_json_does_not_know_are_null() {
        var values = new ArrayList<Object>(List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.5));
        values.add(null);

        assertThat(JsonText.of(values)).isEqualTo("[null,null,1.5,null]");
    }

    @Test
    void whole_numbers_are_written_without_a_point() {
        assertThat(JsonText.of(List.of(1.0, 2, 3L, 1e300))).isEqualTo("[1,2,3,1.0E300]");
    }

    @Test
    void nothing_in_a_text_can_end_a_script_or_a_string() {
        assertThat(JsonText.of(Map.of("a", "</script>\"\\\n\u2028\u0000")))
                .isEqualTo("{\"a\":\"\\u003c/script\\u003e\\\"\\\\\\n\\u2028\\u0000\"}");
    }

    @Test
    void half_a_pair_of_surrogates_travels_as_an_escape() {
        assertThat(JsonText.of("\uD83D!")).isEqualTo("\"\\ud83d!\"");
        assertThat(JsonText.of("🙂")).isEqualTo("\"🙂\"");
    }

    @Test
    void an_object_of_another_class_is_refused_with_its_name() {
        assertThatThrownBy(() -> JsonText.of(List.of(Thread.currentThread())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Thread");
    }
}
