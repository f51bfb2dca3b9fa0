package threadbook.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PieceTest {
    private static JShell shell;

    @BeforeAll
    static void open() {
        shell = JShell.builder().executionEngine("local").build();
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_cell_is_taken_apart_into_its_snippets(String cell, List<String> snippets) {
        assertThat(split(cell)).extracting(piece -> piece.source().strip()).isEqualTo(snippets);
    }

    static Stream<Arguments> cells() {
        return Stream.of(
                arguments("", List.of()),
                arguments("// only words\n /* and more */", List.of()),
                arguments("1 + 1", List.of("1 + 1")),
                arguments("int a = 1; a", List.of("int a = 1;", "a")),
                arguments("int a = 1;;\n; a;", List.of("int a = 1;", "a;")),
                arguments("int f() { return 1; } f();\nf()", List.of("int f() { return 1; }", "f();", "f()")),
                arguments("enum E { A } E.A", List.of("enum E { A }", "E.A")),
                arguments("if (x) y(); else z(); w()", List.of("if (x) y(); else z();", "w()")),
                arguments("String s = \"; // no\"; s", List.of("String s = \"; // no\";", "s")),
                arguments("int f(", List.of("int f(")));
    }

    @Test
    void a_piece_knows_where_it_stands() {
        String cell = "int a = 1;\n\n// next\na + 1;";

        assertThat(split(cell))
                .allSatisfy(piece -> assertThat(cell.substring(piece.start())).startsWith(piece.source()));
    }

    @Test
    void only_what_ends_in_a_semicolon_is_closed() {
        assertThat(split("a; // end").getFirst().closed()).isTrue();
        assertThat(split("a // ;").getFirst().closed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synchronized void f() {}",
                "static /* one */ synchronized int f() { return 1; }",
                "@Deprecated public synchronized\nvoid f() {}"
            })
    void a_synchronized_method_is_noted_and_its_modifier_hidden_in_place(String cell) {
        Piece piece = split(cell).getFirst();

        assertThat(piece.modifiers().written()).containsExactly(Modifiers.Modifier.SYNCHRONIZED);
        assertThat(piece.source())
                .hasSameSizeAs(cell)
                .doesNotContain("synchronized")
                .endsWith("}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synchronized (lock) { x++; }",
                "int x = 1; // volatile",
                "class A { synchronized void f() {} volatile int x; }",
                "String volatileName = \"volatile\";"
            })
    void what_only_looks_like_a_modifier_is_left_alone(String cell) {
        Piece piece = split(cell).getFirst();

        assertThat(piece.modifiers().written()).isEmpty();
        assertThat(cell).startsWith(piece.source());
    }

    @Test
    void a_volatile_variable_is_noted() {
        assertThat(split("private static volatile int x = 1;")
                        .getFirst()
                        .modifiers()
                        .written())
                .containsExactly(Modifiers.Modifier.VOLATILE);
    }

    private static List<Piece> split(String cell) {
        return Piece.split(shell.sourceCodeAnalysis(), cell);
    }
}
