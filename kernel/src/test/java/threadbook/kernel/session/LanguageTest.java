package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Java 25 has, with its preview features, works in cells, and so when it is declared again.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LanguageTest {
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
                    int sum; try (var scope = StructuredTaskScope.open()) { var a = scope.fork(() -> 40); var b = scope.fork(() -> 2); scope.join(); sum = a.get() + b.get(); } sum | 42
                    int v = 300; switch (v) { case byte b -> "byte"; case int i -> "int " + i; } | int 300
                    42.5 instanceof int | false
                    assert false; | THREW java.lang.AssertionError
                    import module java.sql; Connection.class.getName() | java.sql.Connection
                    class Base { Base(int x) {} } class Sub extends Base { final int w; Sub(int x) { w = x; super(x); } } new Sub(3).w | 3
                    int ran; void main() { ran++; } main(); ran | 1
                    class Program { int n; void main() { n = 5; } } var program = new Program(); program.main(); program.n | 5
                    class Outer { static class Nested { static int made; int id = ++made; } } new Outer.Nested().id + new Outer.Nested().id | 3
                    interface Greets { private int p() { return 1; } default int d() { return p(); } } new Greets() {}.d() | 1
                    int y; y = 4; y | 4
                    """)
    void a_cell_can_use_it(String code, String value) {
        assertThat(notebook.ask(code)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <T extends Comparable<T>> T best(List<T> l) { return Collections.max(l); } | <T extends Comparable<T>> T best(List<T> l) { return Collections.min(l); } | best(List.of(3, 9, 2)) | 2
                    int f(int a) { return 1; } int f(String a) { return 2; } | int f(String a) { return 3; } | f(1) * 10 + f("") | 13
                    int g(int a) { return 1; } int g(String a) { return g(3); } | int g(int a) { return a > 5 ? g("") : 8; } | g("") + g(6) | 16
                    var anon = new Object() { int n = 1; int next() { return n++; } }; | var anon = new Object() { int n = 10; int next() { return n++; } }; | anon.next() | 10
                    enum Color { RED, GREEN } | enum Color { RED, GREEN, BLUE } | Color.values().length | 3
                    class Node<T> { T v; } | class Node<T> { T v; T get() { return v; } } | new Node<String>().get() | null
                    class Counter { int n; void inc() { n++; } } var counter = new Counter(); | class Counter { int n; synchronized void inc() { n += 2; } } var counter = new Counter(); | counter.inc(); counter.n | 2
                    """)
    void it_can_be_declared_again(String first, String second, String asked, String value) {
        notebook.run(first);
        notebook.run(asked);

        assertThat(notebook.ask(second)).isEmpty();

        assertThat(notebook.ask(asked)).isEqualTo(value);
    }
}
