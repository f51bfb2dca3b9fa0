package threadbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BareCodeTest {

    @Test
    void comments_become_spaces_and_lines_stay() {
        assertThat(BareCode.of("a(); // b {\n/* c\n d */ e();")).isEqualTo("a();       \n    \n      e();");
    }

    @Test
    void the_insides_of_literals_become_spaces_and_their_quotation_marks_stay() {
        assertThat(BareCode.of("f(\"a\\\"//b\", '\\'');")).isEqualTo("f(\"      \", '  ');");
    }

    @Test
    void a_text_block_may_hold_quotation_marks() {
        assertThat(BareCode.of("s = \"\"\"\n \"x\" // y\n\"\"\"; z")).isEqualTo("s = \"\"\"\n         \n\"\"\"; z");
    }

    @Test
    void a_string_that_is_not_closed_ends_with_its_line() {
        assertThat(BareCode.of("\"abc\nint x;")).isEqualTo("\"   \nint x;");
    }

    @Test
    void a_backslash_at_the_very_end_is_survived() {
        assertThat(BareCode.of("\"a\\")).isEqualTo("\"  ");
    }
}
