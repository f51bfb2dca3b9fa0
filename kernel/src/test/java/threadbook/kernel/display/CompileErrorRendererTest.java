package threadbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import threadbook.kernel.cell.Problem;
import threadbook.kernel.protocol.ErrorReport;

/// The problems are javac's own, so that its wording of today is what is explained.
@Timeout(60)
class CompileErrorRendererTest {

    @Test
    void an_error_is_told_with_its_line_a_caret_under_each_character_and_javacs_own_words() {
        String code = """
                void main() {
                    int count = 1;
                    int twice = 2 * conut;
                }
                """;

        assertThat(lines(code))
                .containsExactly(
                        "Line 3: there is no variable \"conut\" in Main. Did you mean \"count\"?",
                        "        int twice = 2 * conut;",
                        "                        ^^^^^",
                        "    javac: cannot find symbol",
                        "           symbol:   variable conut",
                        "           location: class Main");
    }

    @Test
    void the_value_is_the_first_error_in_plain_words() {
        ErrorReport report = render("void main() { int x = \"a\"; }");

        assertThat(report.name()).isEqualTo("CompilationError");
        assertThat(report.value()).isEqualTo("Line 1: a value of type int is needed here, and this is of type String.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            int f() { }                                                        | must return a value
            void f() { return; int x = 1; }                                    | can never run
            void f() { Thread.sleep(1); }                                      | may throw InterruptedException
            void f() { int x = 1 }                                             | a ; is missing here
            void f() { int x; int y = x; }                                     | "x" may have no value yet
            void f() { int x = 1; int x = 2; }                                 | "x" is declared already
            void f() { int x = 1; x++; Runnable r = () -> IO.println(x); }     | "x" is a local variable that changes
            void f() { int i = 1.5; }                                          | not every value of type double fits into type int
            void f() { String s = ""; s.lenght(); }                            | Did you mean "length"?
            void f() { string s = null; }                                      | Did you mean "String"?
            void f() { Sytem.out.println(); }                                  | Did you mean "System"?
            void f() { Math.max("a", true); }                                  | none of the methods max takes
            void g(int a) { } void f() { g("x", 2); }                          | g takes (int), and here it gets (String,int)
            void f() { boolean b = "a" - 1; }                                  | "-" does not work between String and int
            void f() { final int x = 1; x = 2; }                               | "x" is
            void f() { 1 + 1; }                                                | it is a value, not a statement
            void f() { int[] a = {1}; a.length(); }                            | no method "length"
            void f() { String s = "abc; }                                      | no closing "
            void f() { char c = 'ab'; }                                        | a character stands between two '
            void f() { int x = 12345678901; }                                  | Write L behind it
            void f() { else { } }                                              | has no "if" before it
            void f() { int x = 1; x.foo(); }                                   | int is a primitive type
            void f() { List<int> l; }                                          | take its class
            void f() { break; }                                                | there is no loop around this
            void f() { if (true) {                                             | "{" without "}"
            void f() { Runnable r = new Runnable(); }                          | Runnable is abstract
            class A implements Runnable { }                                    | A promises a method run()
            class A { @Override public void rum() { } }                        | none has it
            void f() { var x = null; }                                         | the type of "x" does not follow
            void f() { try { int x = 1; } catch (IOException e) { } }          | nothing in this try can throw IOException
            void f() { int x = switch (1) { case 1 -> 2; }; }                  | does not say what to do in every case
            void f() { for (int i : 5) { } }                                   | goes through an array or a collection
            void f() { return 1; }                                             | nothing is to be returned here
            int f() { return; }                                                | "return" needs a value here
            void f() { int x = IO.println(); }                                 | void
            f() { }                                                            | does not say what it returns
            void f() { IO.println(“a”); }                                      | not a character of Java
            import foo.bar.Baz; void f() { }                                   | no package "foo.bar"
            """)
    void the_errors_of_beginners_are_told_in_plain_words(String code, String words) {
        String told = String.join("\n", lines(code + "\nvoid main() {}"));

        assertThat(told).contains(words);
    }

    @Test
    void many_errors_are_not_all_shown() {
        var code = new StringBuilder("void main() {\n");
        for (int i = 0; i < 12; i++) {
            code.append("  int a%d = b%d;\n".formatted(i, i));
        }

        assertThat(lines(code.append('}').toString()))
                .last()
                .asString()
                .isEqualTo("… and 7 more, perhaps consequences of these.");
    }

    @Test
    void carets_stand_under_their_characters_after_tabs_and_emoji() {
        var problem = new Problem("compiler.err.not.stmt", "not a statement", 5, 7);

        var lines = plain(new CompileErrorRenderer(List::of).render("\t\"😀\"ab", List.of(problem)));

        assertThat(lines.get(2)).isEqualTo("    \t   ^^");
    }

    @Test
    void a_name_of_an_earlier_cell_is_proposed() {
        var problem = new Problem(
                "compiler.err.cant.resolve.location",
                "cannot find symbol\n  symbol:   variable acount\n  location: class REPL.$JShell$3",
                0,
                6);

        var lines = plain(new CompileErrorRenderer(() -> List.of("account")).render("acount", List.of(problem)));

        assertThat(lines).first().asString().endsWith("Did you mean \"account\"?");
        assertThat(lines).noneMatch(line -> line.contains("JShell"));
    }

    @Test
    void a_problem_without_a_place_is_told_without_one() {
        var problem = new Problem("threadbook.err.too.big", "This cell is too big.", -1, -1);

        assertThat(plain(new CompileErrorRenderer(List::of).render("x", List.of(problem))))
                .containsExactly("This cell is too big.");
    }

    private static List<String> lines(String code) {
        return plain(render(code));
    }

    private static List<String> plain(ErrorReport report) {
        return report.traceback().stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
    }

    private static ErrorReport render(String code) {
        return new CompileErrorRenderer(List::of).render(code, problems(code));
    }

    private static List<Problem> problems(String code) {
        var collector = new DiagnosticCollector<JavaFileObject>();
        var source = new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, collector, List.of("-proc:none", "-implicit:none"), null, List.of(source))
                .call();
        var problems = new ArrayList<Problem>();
        for (Diagnostic<?> found : collector.getDiagnostics()) {
            if (found.getKind() == Diagnostic.Kind.ERROR) {
                problems.add(new Problem(
                        found.getCode(), found.getMessage(Locale.ENGLISH), (int) found.getStartPosition(), (int)
                                found.getEndPosition()));
            }
        }
        assertThat(problems).isNotEmpty();
        return problems;
    }
}
