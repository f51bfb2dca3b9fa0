package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// After an exception midway, what ran has happened; the failing snippet and all after it were never declared.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FailedCellTest {
    private Notebook notebook;

    @BeforeEach
    void open() {
        notebook = new Notebook();
        notebook.run("""
                int d = 77; String e = "old";
                int mm() { return 1; }
                class C { int v = 1; }
                C c = new C(); Object c0 = c;
                import java.util.List;
                """);
    }

    @AfterEach
    void close() {
        notebook.close();
    }

    @Test
    void what_ran_has_happened_and_the_rest_was_never_declared() {
        assertThat(notebook.ask("int a = 1; int b = 2; int c2 = 1 / 0; int d = 4; int f = 5;"))
                .isEqualTo("THREW java.lang.ArithmeticException");

        assertThat(notebook.ask("a + b")).isEqualTo("3");
        assertThat(notebook.ask("c2")).isEqualTo("REJECTED");
        assertThat(notebook.ask("f")).isEqualTo("REJECTED");
        assertThat(notebook.ask("d")).isEqualTo("77");
    }

    @Test
    void what_later_declarations_would_have_replaced_is_as_it_was() {
        notebook.run("""
                int g = 1;
                if (g == 1) throw new RuntimeException();
                int e = 5;
                int mm() { return 2; }
                class C { String v = ""; }
                import java.awt.List;
                """);

        assertThat(notebook.ask("e")).isEqualTo("old");
        assertThat(notebook.ask("mm()")).isEqualTo("1");
        assertThat(notebook.ask("c == c0")).isEqualTo("true");
        assertThat(notebook.ask("c.v")).isEqualTo("1");
        assertThat(notebook.ask("List.of(1).size()")).isEqualTo("1");
        assertThat(notebook.ask("g")).isEqualTo("1");
    }

    @Test
    void a_variable_whose_new_value_failed_keeps_the_old_one() {
        notebook.run("e = \"x\"; String e = String.valueOf(1 / 0);");
        assertThat(notebook.ask("e")).isEqualTo("x");

        notebook.run("int e = 1 / 0;");
        assertThat(notebook.ask("e")).isEqualTo("x");

        assertThat(notebook.ask("double e = 1.5; e")).isEqualTo("1.5");
    }

    @Test
    void the_next_cell_can_declare_what_failed() {
        notebook.run("int f2() { return new Late().v; } int r2 = f2(); int bad = 1 / 0; class Late { int v = 9; }");

        assertThat(notebook.ask("r2")).isEqualTo("9");
        assertThat(notebook.ask("new Late()")).isEqualTo("REJECTED");
        assertThat(notebook.ask("class Late { String z = \"zz\"; } new Late().z"))
                .isEqualTo("zz");
        assertThat(notebook.ask("int bad = 3; bad")).isEqualTo("3");
    }

    @Test
    void an_interrupted_declaration_was_never_made() throws Exception {
        var running = notebook.interruptAfterPrint("""
                int done = 1;
                int spun = ((IntSupplier) () -> { IO.println("begins"); while (true) done++; }).getAsInt();
                """);

        assertThat(Notebook.words(running.get())).isEqualTo("INTERRUPTED");
        assertThat(notebook.ask("done > 1")).isEqualTo("true");
        assertThat(notebook.ask("spun")).isEqualTo("REJECTED");
    }
}
