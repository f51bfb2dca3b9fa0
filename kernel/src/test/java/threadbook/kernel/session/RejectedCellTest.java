package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A cell that does not compile changes nothing, whatever kinds of declarations it holds. All in one
/// session, so that each also meets what the ones before have left.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RejectedCellTest {
    private static final String U = " undefinedName();";

    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void a_rejected_cell_changes_nothing(String name, List<String> before, String rejected, List<String> asked) {
        before.forEach(code -> assertThat(notebook.ask(code)).as(code).isEmpty());

        assertThat(notebook.ask(rejected)).isEqualTo("REJECTED");

        for (int i = 0; i < asked.size(); i += 2) {
            assertThat(notebook.ask(asked.get(i))).as(asked.get(i)).isEqualTo(asked.get(i + 1));
        }
    }

    @Test
    void a_rejected_cell_runs_none_of_its_statements() {
        notebook.run("int ran = 0;");

        notebook.run("ran++; ran++;" + U);

        assertThat(notebook.ask("ran")).isEqualTo("0");
    }

    @Test
    void a_thread_sees_nothing_of_a_rejected_cell() {
        notebook.run("""
                volatile int w = 1;
                int limit() { return 100; }
                var watcher = Thread.ofPlatform().daemon().start(() -> { while (w < limit()) Thread.onSpinWait(); });
                """);

        notebook.run("String w = \"a\"; int limit() { return 0; }" + U);

        assertThat(notebook.ask("watcher.isAlive()")).isEqualTo("true");
        assertThat(notebook.ask("w = 100; watcher.join(); watcher.isAlive()")).isEqualTo("false");
    }

    static Stream<Arguments> cells() {
        return Stream.of(
                cell("variable, other type", List.of("int x = 1;", "x = 77;"), "String x = \"a\";" + U, "x", "77"),
                cell("one snippet alone", List.of("int x1 = 1;"), "int x1 = undefinedName();", "x1", "1"),
                cell("variable, same type", List.of("int y = 1;", "y = 78;"), "int y = 5;" + U, "y", "78"),
                cell(
                        "object identity",
                        List.of("Object o = new Object();", "Object o2 = o;"),
                        "var o = 5;" + U,
                        "o == o2",
                        "true"),
                cell(
                        "method uses variable",
                        List.of("int z = 4;", "int mz() { return z; }", "z = 9;"),
                        "String z = \"\";" + U,
                        "mz()",
                        "9"),
                cell(
                        "method, other body",
                        List.of("int m() { return 1; }", "int um() { return m() * 10; }"),
                        "int m() { return 2; }" + U,
                        "um()",
                        "10",
                        "m()",
                        "1"),
                cell(
                        "method, other return type",
                        List.of("int n() { return 1; }", "int un() { return n() * 10; }"),
                        "String n() { return \"\"; }" + U,
                        "un()",
                        "10"),
                cell(
                        "stored lambda",
                        List.of("int ml() { return 1; }", "IntSupplier sl = () -> ml();"),
                        "int ml() { return 2; }" + U,
                        "sl.getAsInt()",
                        "1"),
                cell(
                        "class, other fields",
                        List.of("class P { int a = 3; }", "P p = new P();", "Object p0 = p;"),
                        "class P { int a; int b; }" + U,
                        "p == p0",
                        "true",
                        "p.getClass() == P.class",
                        "true",
                        "p.a",
                        "3"),
                cell(
                        "class, other body",
                        List.of("class Q { int f() { return 1; } }", "Q q = new Q();"),
                        "class Q { int f() { return 2; } }" + U,
                        "q.f()",
                        "1"),
                cell(
                        "record",
                        List.of("record R(int a) { }", "R r = new R(5);"),
                        "record R(String a, int b) { }" + U,
                        "r.a()",
                        "5",
                        "new R(6).a()",
                        "6"),
                cell(
                        "enum",
                        List.of("enum E { A, B }", "E e = E.B;"),
                        "enum E { X }" + U,
                        "e == E.B",
                        "true",
                        "E.values().length",
                        "2"),
                cell(
                        "import",
                        List.of("import java.util.List;", "List<Integer> li = List.of(1);"),
                        "import java.awt.List;" + U,
                        "li.size()",
                        "1",
                        "List.of(1, 2).size()",
                        "2"),
                cell(
                        "new names",
                        List.of(),
                        "int fresh = 3; int fm() { return 1; } class Fresh { }" + U,
                        "fresh",
                        "REJECTED",
                        "fm()",
                        "REJECTED",
                        "new Fresh()",
                        "REJECTED"),
                cell(
                        "overload",
                        List.of("int ov(int a) { return 1; }"),
                        "int ov(String s) { return 2; }" + U,
                        "ov(\"s\")",
                        "REJECTED",
                        "ov(1)",
                        "1"),
                cell(
                        "many kinds",
                        List.of(
                                "int k1 = 1; int k2() { return k1; } class K3 { int v = k2(); } K3 k4 = new K3();",
                                "Object k5 = k4; k1 = 6;"),
                        "String k1 = \"\"; String k2() { return k1; } record K3(int q) { } K3 k4 = new K3(1);" + U,
                        "k2()",
                        "6",
                        "k4 == k5",
                        "true",
                        "k4.v",
                        "1",
                        "new K3().v",
                        "6"),
                cell(
                        "second generation of a variable",
                        List.of(
                                "int v2 = 1;",
                                "String v2 = \"a\";",
                                "String v3 = v2 + \"b\"; v2 = v3;",
                                "BooleanSupplier same = () -> v2 == v3;"),
                        "double v2 = 1;" + U,
                        "v2",
                        "ab",
                        "same.getAsBoolean()",
                        "true",
                        "v2 = \"q\";",
                        "",
                        "same.getAsBoolean()",
                        "false"),
                cell(
                        "second generation of a class",
                        List.of(
                                "class C2 { int a = 1; }",
                                "class C2 { int a = 1, b = 2; static int count = 5; }",
                                "C2 c2 = new C2(); C2.count = 6;"),
                        "class C2 { }" + U,
                        "c2.b",
                        "2",
                        "C2.count",
                        "6",
                        "c2.getClass() == C2.class",
                        "true"),
                cell(
                        "sealed family",
                        List.of(
                                "sealed interface S permits A1, B1 { } record A1(int a) implements S { } record B1(int b) implements S { }",
                                "S s = new B1(4);",
                                "int sw(S q) { return switch (q) { case A1 x -> 1; case B1 y -> y.b(); }; }"),
                        "sealed interface S permits A1 { } record A1(String z) implements S { }" + U,
                        "sw(s)",
                        "4",
                        "s instanceof B1",
                        "true"),
                cell(
                        "inferred type",
                        List.of(
                                "var anon = new Object() { int hidden = 7; };",
                                "var list1 = new ArrayList<Integer>(); list1.add(3); Object l1 = list1;"),
                        "var anon = 1; var list1 = 2;" + U,
                        "anon.hidden",
                        "7",
                        "list1 == l1",
                        "true"),
                cell(
                        "several names in one declaration",
                        List.of("int[] arr = { 1, 2 }, brr = arr;", "arr[0] = 9;"),
                        "int arr = 1; String brr = null;" + U,
                        "brr[0]",
                        "9",
                        "arr == brr",
                        "true"),
                cell(
                        "the next good cell",
                        List.of("int g = 1;"),
                        "String g = \"\";" + U,
                        "String g = \"bb\"; g.length()",
                        "2",
                        "g",
                        "bb"),
                cell("a missing name", List.of("int h = 1;"), "String h() { return nowhere(); } int h = 2;", "h", "1"),
                cell("the second of two names", List.of("int t1 = 1;"), "int t1 = 2, t2 = undefinedName();", "t1", "1"),
                cell("volatile", List.of("volatile int vv = 1;"), "int vv = 2;" + U, "vv", "1"));
    }

    private static Arguments cell(String name, List<String> before, String rejected, String... asked) {
        return arguments(name, before, rejected, List.of(asked));
    }
}
