package threadbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.RecordedOutput;

@Timeout(20)
class MagicsTest {
    private final Magics magics = new Magics(() -> Map.of("StopThread", "in use"), new Threads() {
        @Override
        public String list() {
            return "listed";
        }

        @Override
        public String kill(int number) {
            return "killed " + number;
        }

        @Override
        public String dump() {
            return "dumped";
        }
    });

    @Test
    void a_magic_line_is_taken_out_and_the_positions_of_the_java_stay() {
        var split = Magics.split("%about  now\nint x = 1;\n  %about\nx");

        assertThat(split.lines()).containsExactly(new MagicLine("about", "now", 1), new MagicLine("about", "", 3));
        assertThat(split.java()).isEqualTo("           \nint x = 1;\n        \nx");
    }

    @Test
    void a_percent_sign_inside_java_is_no_magic() {
        for (String code : new String[] {
            "int x = 10\n  %about;",
            "f(1\n%about)",
            "/*\n%about\n*/",
            "String s = \"\"\"\n%about\n\"\"\";",
            "class A {\n%about\n}",
            "int y = 7 % 3;",
            "// a\n1\n% 2"
        }) {
            assertThat(Magics.split(code).lines()).as(code).isEmpty();
            assertThat(Magics.split(code).java()).isEqualTo(code);
        }
    }

    @Test
    void a_magic_may_follow_a_comment_a_statement_or_another_magic() {
        assertThat(Magics.split("// it's %\n%about \"x\n%about\nint x = 1; // y\n%about\nvoid f() {}\n%about")
                        .lines())
                .extracting(MagicLine::number)
                .containsExactly(2, 3, 5, 7);
    }

    @Test
    void about_shows_versions_options_and_doors_as_a_table_and_as_text() {
        var output = new RecordedOutput();

        assertThat(magics.run(Magics.split("%about"), output)).isEmpty();

        var forms = output.shown().getFirst().data();
        assertThat(forms.get("text/plain"))
                .contains(Runtime.version().toString(), System.getProperty("java.home"), "StopThread: in use");
        assertThat(forms.get("text/html")).startsWith("<table>").contains("JVM options", "StopThread: in use");
    }

    @Test
    void an_unknown_magic_is_an_error_that_names_those_that_exist_and_none_runs() {
        var output = new RecordedOutput();

        var error = magics.run(Magics.split("%about\n%abuot"), output).orElseThrow();

        assertThat(error.name()).isEqualTo("UnknownMagic");
        assertThat(error.value()).isEqualTo("Line 2: there is no magic \"%abuot\".");
        assertThat(String.join("\n", error.traceback())).contains("%about");
        assertThat(output.shown()).isEmpty();
    }

    @Test
    void a_cell_magic_that_does_not_exist_is_an_unknown_magic() {
        var error =
                magics.run(Magics.split("%%time\nf();"), new RecordedOutput()).orElseThrow();

        assertThat(error.value()).contains("%%time");
    }

    @Test
    void threads_are_listed_killed_and_dumped() {
        var output = new RecordedOutput();

        assertThat(magics.run(Magics.split("%threads\n%kill 7\n%dump"), output)).isEmpty();

        assertThat(output.out()).isEqualTo("listed\nkilled 7\ndumped\n");
    }

    @Test
    void kill_without_the_number_of_a_cell_says_what_is_expected() {
        var output = new RecordedOutput();

        assertThat(magics.run(Magics.split("%kill all"), output)).isEmpty();

        assertThat(output.out()).contains("Expected the number of a cell", "\"all\"");
    }
}
