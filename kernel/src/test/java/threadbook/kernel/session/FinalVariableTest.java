package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.kernel.cell.Evaluation;

/// A variable that was declared final keeps its value, and javac says so.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FinalVariableTest {
    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
        notebook.run("final int x = 5; final var inferred = 6; static final String s = \"a\", t = \"b\"; int done;");
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 6;",
                "x++;",
                "--x;",
                "x += 1",
                "(x) = 7;",
                "inferred = 1;",
                "t = \"c\";",
                "done = 1; x = 6;",
                "int twice = x = 3;",
                "Runnable r = () -> x = 6;",
                "void m() { done = 2; x = 6; }",
                "class Writes { void go() { x++; } }",
                "class Writes { int v = x = 9; }",
                "for (x = 0; x < 3; x++) {}",
                "new Thread(() -> { x = 1; }).start();",
                "final int y = 1; y = 2;",
                "void early() { y = 1; } final int y = 2;"
            })
    void an_assignment_is_rejected_and_changes_nothing(String code) {
        assertThat(notebook.ask(code)).isEqualTo("REJECTED");

        assertThat(notebook.ask("x + inferred + s + t + done")).isEqualTo("11ab0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ int x = 1; x = 2; }",
                "for (int x = 0; x < 3; x++) {}",
                "void param(int x) { x = 1; }",
                "IntUnaryOperator op = x -> { x++; return x; };",
                "class Own { int x; void go() { x = 1; this.x = 2; } }",
                "class Parent { int x; } class Child extends Parent { void go() { x = 3; } }",
                "class Qualified { static int x; } Qualified.x = 3;",
                "record Compact(int x) { Compact { x = 3; } }",
                "if ((Object) 3 instanceof Integer s) { s = 4; }",
                "int z = x; z = 1;"
            })
    void another_variable_of_the_same_name_can_be_assigned(String code) {
        assertThat(notebook.ask(code)).isEmpty();
    }

    @Test
    void the_error_has_javac_s_words_and_the_place_in_the_cell() {
        Evaluation evaluation = notebook.run("int one = 1;\nint two = 2; x = 3;");

        assertThat(evaluation).isInstanceOfSatisfying(Evaluation.Rejected.class, rejected -> {
            String text = String.join("\n", rejected.error().traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
            assertThat(text).contains("Line 2", "cannot assign a value to final variable x");
            assertThat(text.lines().filter(line -> line.contains("^")).findFirst())
                    .hasValueSatisfying(line -> assertThat(line.indexOf('^')).isEqualTo(4 + "int two = 2; ".length()));
        });
    }

    @Test
    void it_can_be_declared_again() {
        notebook.run("final int again = 1; IntSupplier reads = () -> again;");

        assertThat(notebook.ask("final int again = 2; again + reads.getAsInt()"))
                .isEqualTo("4");
        assertThat(notebook.ask("again = 3;")).isEqualTo("REJECTED");
        assertThat(notebook.ask("int again = 4; again = 5; again")).isEqualTo("5");
    }

    @Test
    void it_cannot_become_final_while_a_method_of_an_earlier_cell_assigns_it() {
        notebook.run("int counter = 1; void count() { counter++; }");

        Evaluation evaluation = notebook.run("final int counter = 2;");

        assertThat(evaluation)
                .isInstanceOfSatisfying(
                        Evaluation.Rejected.class,
                        rejected -> assertThat(
                                        String.join("\n", rejected.error().traceback()))
                                .contains("count of cell " + (notebook.count() - 1)));
        assertThat(notebook.ask("count(); counter")).isEqualTo("2");
    }

    @Test
    void without_a_value_it_can_be_given_one_in_its_own_cell_only() {
        assertThat(notebook.ask("final int blank; if (x > 3) blank = 1; else blank = 2; blank"))
                .isEqualTo("1");

        assertThat(notebook.ask("blank = 3;")).isEqualTo("REJECTED");
    }
}
