package threadbook.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.kernel.assist.Assistant.Candidate;
import threadbook.kernel.assist.Assistant.Completeness;
import threadbook.kernel.assist.Assistant.Completion;
import threadbook.kernel.jshell.Compiler;

/// In the code, `|` is the cursor.
@Timeout(120)
class JavaAssistantTest {
    private static final Compiler COMPILER = Compiler.start(List::of, List.of("import module java.base;"), () -> false);
    private static final Assistant ASSISTANT = new JavaAssistant(
            COMPILER.analysis(), () -> List.of("earlier", "words", "twice"), List.of("about", "abort"));

    // Not a static initializer: the thread jshell would wait for the class to be initialized.
    @BeforeAll
    static void runACell() {
        COMPILER.compile(
                "cell 1",
                "int earlier = 1; List<String> words = List.of(); int twice(int n) { return 2 * n; }",
                () -> false);
    }

    @AfterAll
    static void close() {
        COMPILER.close();
    }

    @Test
    void members_of_a_variable_of_an_earlier_cell_complete() {
        assertThat(texts("words.strea|")).containsExactly("stream()");
    }

    @Test
    void positions_count_code_points() {
        Completion completion = complete("int x = 5; String s = \"é😀\"; s.leng|");

        assertThat(completion.start()).isEqualTo(30);
        assertThat(completion.end()).isEqualTo(34);
        assertThat(completion.candidates()).extracting(Candidate::text).containsExactly("length()");
    }

    @Test
    void what_stands_before_in_the_same_cell_is_known() {
        assertThat(texts("""
                int f(int n) { return n; }
                class Point { int px; int twice() { return 2; } }
                var p = new Point();
                p.p|""")).containsExactly("px");
    }

    @Test
    void the_inside_of_a_method_completes() {
        assertThat(texts("record Range(int low) {}\nint g(Range range) {\n  range.l|"))
                .contains("low()");
        assertThat(texts("void f(int first) { String text = \"\"; te|")).containsExactly("text");
        assertThat(texts("words.forEach(word -> wor|")).contains("word", "words");
    }

    @Test
    void what_follows_a_magic_completes() {
        Completion completion = complete("%about\nString t = \"\"; t.substr|");

        assertThat(completion.candidates()).extracting(Candidate::text).containsExactly("substring(");
        assertThat(completion.start()).isEqualTo(24);
    }

    @Test
    void magics_complete() {
        assertThat(texts("int x;\n%ab|")).containsExactly("about", "abort");
    }

    @Test
    void what_has_the_expected_type_comes_first_and_what_every_object_has_comes_last() {
        assertThat(texts("boolean b = words.|").subList(0, 4)).doesNotContain("clear()");
        assertThat(texts("words.|")).endsWith("toString()", "wait(").doesNotHaveDuplicates();
        assertThat(texts("int total = e|")).startsWith("earlier");
    }

    @Test
    void everyday_types_come_before_rare_ones() {
        assertThat(texts("Str|"))
                .startsWith("Stream", "String", "StringBuilder")
                .contains("StrictMath");
    }

    @Test
    void keywords_and_packages_complete() {
        assertThat(texts("syn|")).containsExactly("synchronized");
        assertThat(texts("import java.util.conc|")).contains("concurrent");
    }

    @Test
    void nothing_is_proposed_inside_a_text_or_a_comment() {
        assertThat(texts("\"words.|\"")).isEmpty();
        assertThat(texts("// words.|")).isEmpty();
    }

    @Test
    void there_are_never_more_candidates_than_anybody_reads() {
        assertThat(texts("|")).hasSizeLessThanOrEqualTo(Ranking.LIMIT).startsWith("earlier");
    }

    @Test
    void candidates_say_what_they_are() {
        assertThat(complete("words.siz|").candidates())
                .extracting(Candidate::type)
                .containsExactly("function");
        assertThat(complete("Integer.MAX|").candidates())
                .extracting(Candidate::type)
                .containsExactly("instance");
        assertThat(complete("URLClassL|").candidates())
                .extracting(Candidate::type)
                .containsExactly("class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\".substri|ng(1, 2)",
                "\"a\".substring(1, |2)",
                "int q() { return 1; }\n\"a\".substring|(1, 2)"
            })
    void a_call_is_explained_by_the_overload_that_its_arguments_choose(String code) {
        assertThat(inspect(code)).startsWith("String String.substring(int beginIndex, int endIndex)");
    }

    @Test
    void a_name_of_the_notebook_is_explained_by_its_declaration() {
        assertThat(inspect("twi|ce(2)")).isEqualTo("int twice(int n)");
        assertThat(inspect("ear|lier")).contains("int");
    }

    @Test
    void the_comment_of_an_inherited_method_is_found() {
        // The JDK's comments are in its src.zip, which a runtime image may lack.
        assumeThat(Path.of(System.getProperty("java.home"), "lib", "src.zip")).exists();

        assertThat(inspect("words.stre|am()")).contains("sequential");
    }

    @Test
    void a_method_reference_is_explained() {
        assertThat(inspect("Function<String, Integer> f = String::len|gth")).contains("length()");
    }

    @Test
    void nothing_is_said_about_what_does_not_exist() {
        assertThat(ASSISTANT.inspect("nothing", 3, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1+1", "int x = 1; x", "if (true) f();\n\n", "", "// only this", "%about", "class A {}"})
    void complete_code_can_be_run(String code) {
        assertThat(ASSISTANT.isComplete(code)).isEqualTo(new Completeness.Complete());
    }

    @Test
    void the_next_line_of_incomplete_code_is_indented_by_its_open_bracket() {
        assertThat(ASSISTANT.isComplete("for (int i = 0; i < 3; i++) {"))
                .isEqualTo(new Completeness.Incomplete("    "));
        assertThat(ASSISTANT.isComplete("class A {\n    int f() {")).isEqualTo(new Completeness.Incomplete("        "));
        assertThat(ASSISTANT.isComplete("class A {\n    int f;")).isEqualTo(new Completeness.Incomplete("    "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "int x = ;", "String s = \"abc"})
    void wrong_code_is_invalid(String code) {
        assertThat(ASSISTANT.isComplete(code)).isEqualTo(new Completeness.Invalid());
    }

    private static Completion complete(String marked) {
        int cursor = marked.indexOf('|');
        return ASSISTANT.complete(marked.replace("|", ""), marked.codePointCount(0, cursor));
    }

    private static List<String> texts(String marked) {
        return complete(marked).candidates().stream().map(Candidate::text).toList();
    }

    private static String inspect(String marked) {
        int cursor = marked.indexOf('|');
        return ASSISTANT
                .inspect(marked.replace("|", ""), marked.codePointCount(0, cursor), 0)
                .orElseThrow()
                .data()
                .get("text/plain");
    }
}
