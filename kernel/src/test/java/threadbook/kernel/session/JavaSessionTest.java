package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.kernel.cell.Evaluation;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JavaSessionTest {
    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 + 1                                                          | 2
                    int a = 5; a + 1 // the next                                   | 6
                    int b = 5; b = 7                                               | 7
                    List.of(1, 2).stream().map(i -> i + 1).toList()                | [2, 3]
                    record P(int x, int y) {} new P(1, 2)                          | P[x=1, y=2]
                    var lock = new ReentrantLock(); lock.isLocked()                | false
                    new AtomicInteger(3).incrementAndGet()                         | 4
                    import module java.logging; Level.INFO                         | INFO
                    pid() > 0                                                      | true
                    Preferences.MAX_KEY_LENGTH                                     | 80
                    Table.create("t").columnCount()                                | 0
                    (String) null                                                  | null
                    int c = 1;;; c                                                 | 1
                    sealed interface S permits C {} record C(int r) implements S {} S s = new C(2); switch (s) { case C(int r) -> r; } | 2
                    class A { B b; } class B { A a; } new A().b                    | null
                    """)
    void the_last_expression_is_the_value(String code, String value) {
        assertThat(notebook.ask(code)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    1 + 1;
                    int n = 3;
                    // nothing but words
                    ;
                    int twice(int n) { return 2 * n; }
                    IO.print("")
                    """)
    void a_cell_that_ends_otherwise_has_nothing_to_show(String code) {
        assertThat(notebook.run(code)).isEqualTo(new Evaluation.Done());
    }

    @Test
    void an_expression_that_ends_in_a_brace_is_shown() {
        assertThat(notebook.ask("new int[] {1, 2}")).isEqualTo("[1, 2]");
    }

    @Test
    void a_class_whose_constructor_does_not_fit_its_parent_is_rejected_at_once() {
        assertThat(notebook.ask("class A { A(int x) {} } class B extends A {}")).isEqualTo("REJECTED");
    }

    @Test
    void an_empty_cell_has_nothing_to_show() {
        assertThat(notebook.run(" \n ")).isEqualTo(new Evaluation.Done());
    }

    @Test
    void what_is_declared_later_in_the_cell_can_be_used_before() {
        assertThat(notebook.ask("int f() { return g(); } int r = f(); int g() { return 3; } r"))
                .isEqualTo("3");
    }

    @Test
    void a_redefined_method_is_used_by_those_that_call_it() {
        notebook.run("int price() { return 1; } int total() { return 10 * price(); }");

        notebook.run("int price() { return 2; }");

        assertThat(notebook.ask("total()")).isEqualTo("20");
    }

    @Test
    void a_variable_can_be_declared_again_with_another_type() {
        notebook.run("int again = 1;");

        notebook.run("String again = \"now text\";");

        assertThat(notebook.ask("again.length()")).isEqualTo("8");
    }

    @Test
    void values_are_live_objects() {
        notebook.run("Object live = new Object(); Object same = live;");

        assertThat(notebook.ask("live == same")).isEqualTo("true");
    }

    @Test
    void lambdas_of_threads_change_top_level_variables() {
        assertThat(notebook.ask("int hits; var t = Thread.ofVirtual().start(() -> hits++); t.join(); hits"))
                .isEqualTo("1");
    }

    @Test
    void what_is_missing_at_the_end_of_a_cell_is_an_error_that_names_it() {
        Evaluation evaluation = notebook.run("int h() {\n    return later();\n}");

        assertThat(evaluation)
                .isInstanceOfSatisfying(
                        Evaluation.Rejected.class,
                        rejected -> assertThat(rejected.error().value())
                                .contains("Line 2")
                                .contains("later"));
    }

    @Test
    void stack_traces_name_cell_and_line() {
        Evaluation evaluation = notebook.run("""
                int fall(int n) {
                    if (n == 0)
                        throw new IllegalStateException("boo");
                    return fall(n - 1);
                }

                int unused =
                    fall(1);
                """);

        String cell = "cell " + notebook.count();
        assertThat(evaluation)
                .isInstanceOfSatisfying(
                        Evaluation.Threw.class,
                        threw -> assertThat(threw.error().traceback())
                                .anyMatch(line -> line.contains("fall (" + cell + ", line 3)"))
                                .anyMatch(line -> line.contains("fall (" + cell + ", line 4)"))
                                .anyMatch(line -> line.contains("(" + cell + ", line 8)")));
    }

    @Test
    void preview_features_can_be_used() {
        assertThat(notebook.ask("try (var scope = StructuredTaskScope.open()) { scope.join(); } 1"))
                .isEqualTo("1");
    }

    @Test
    void assertions_are_on() {
        assertThat(notebook.ask("assert 1 > 2;")).isEqualTo("THREW java.lang.AssertionError");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    System.exit(3);
                    Runtime.getRuntime().halt(3);
                    Runtime.getRuntime().exit(3);
                    IntConsumer leave = System::exit; leave.accept(3);
                    """)
    void no_cell_ends_the_process(String code) {
        assertThat(notebook.ask(code)).startsWith("THREW threadbook.runtime.");
        assertThat(notebook.ask("1 + 1")).isEqualTo("2");
    }

    @Test
    void the_kernel_is_invisible() {
        assertThat(notebook.ask("import org.zeromq.ZMQ;")).isEqualTo("REJECTED");
        assertThat(notebook.ask("threadbook.kernel.session.JavaSession.class")).isEqualTo("REJECTED");
        assertThat(notebook.ask("Class.forName(\"org.zeromq.ZMQ\")"))
                .isEqualTo("THREW java.lang.ClassNotFoundException");
        assertThat(notebook.ask(
                        "Thread.currentThread().getContextClassLoader().loadClass(\"threadbook.kernel.cell.Cell\")"))
                .isEqualTo("THREW java.lang.ClassNotFoundException");
    }

    @Test
    void the_bytes_of_a_cell_s_class_can_be_read() {
        notebook.run("class Shipped {}");

        assertThat(notebook.ask("""
                var name = Shipped.class.getName().replace('.', '/') + ".class";
                Thread.currentThread().getContextClassLoader().getResourceAsStream(name).readAllBytes().length > 100
                """)).isEqualTo("true");
    }

    @Test
    void a_cell_that_fills_the_stack_or_the_memory_ends_alone() {
        notebook.run("int keep = 41; int deep(int n) { return deep(n + 1) + 1; }");

        assertThat(notebook.ask("deep(0)")).isEqualTo("THREW java.lang.StackOverflowError");
        assertThat(notebook.ask("var longs = new long[Integer.MAX_VALUE][Integer.MAX_VALUE];"))
                .isEqualTo("THREW java.lang.OutOfMemoryError");
        assertThat(notebook.ask("keep + 1")).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String long1 = \"BIGBIG\";",
                "String long2() { return \"BIG\" + \"BIG\"; }",
                "IO.println(\"BIGBIG\");",
                "\"BIG\" + \"BIG\""
            })
    void what_no_class_file_can_hold_is_rejected_and_the_compiler_goes_on(String code) {
        assertThat(notebook.ask(code.replace("BIG", "x".repeat(40_000)))).isEqualTo("REJECTED");

        assertThat(notebook.ask("int after = 1; after + 1")).isEqualTo("2");
    }

    @Test
    void a_method_that_no_longer_fits_what_it_calls_says_so() {
        notebook.run("int callee() { return 1; } int caller() { return callee() * 10; }");
        notebook.run("String callee() { return \"\"; }");

        Evaluation evaluation = notebook.run("caller()");

        assertThat(evaluation)
                .isInstanceOfSatisfying(
                        Evaluation.Threw.class,
                        threw -> assertThat(threw.error().value()).contains("\"caller\" does not fit any more"));
    }

    @Test
    void constructors_of_a_record_need_not_be_public() {
        assertThat(notebook.ask("""
                record Range(int low, int high) {
                    static int made;
                    Range { if (low > high) throw new IllegalArgumentException(); made++; }
                    Range(int high) { this(0, high); }
                }
                record Pair(int a, int b) { Pair(int a, int b) { this.a = b; this.b = a; } }
                new Range(7).high() + " " + new Pair(1, 2).a() + " " + Range.made
                """)).isEqualTo("7 2 1");
    }

    @Test
    void positions_behind_such_a_constructor_are_those_of_the_cell() {
        Evaluation evaluation = notebook.run("record Odd(int low) { Odd { } Odd() { this(oops); } }");

        assertThat(evaluation).isInstanceOfSatisfying(Evaluation.Rejected.class, rejected -> {
            String caretLine = rejected.error().traceback().get(2).replaceAll("\u001b\\[[0-9;]*m", "");
            assertThat(caretLine.indexOf('^')).isEqualTo(4 + "record Odd(int low) { Odd { } Odd() { this(".length());
        });
    }

    @Test
    void deeply_nested_code_compiles() {
        assertThat(notebook.ask("(".repeat(2_000) + "1" + ")".repeat(2_000))).isEqualTo("1");
    }

    @Test
    void a_value_that_throws_while_it_is_shown_is_an_error() {
        assertThat(notebook.ask("new Object() { public String toString() { throw new IllegalStateException(); } }"))
                .isEqualTo("THREW java.lang.IllegalStateException");
    }
}
