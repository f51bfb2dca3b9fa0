package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.kernel.cell.Evaluation;

/// What becomes of objects, threads and lambdas when something is declared again.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RedefinitionTest {
    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
    }

    @BeforeEach
    void forgetWhatWasSaid() {
        notebook.drainDisplayed();
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    class P { int v = 7; int go() { return 1; } }                 | class P { int v = 7; int go() { return 2; } }                  | new P()
                    record P(int v) { P() { this(7); } int go() { return 1; } }   | record P(int v) { P() { this(7); } int go() { return 2; } }    | new P()
                    enum P { A; int v = 7; int go() { return 1; } }               | enum P { A; int v = 7; int go() { return 2; } }                | P.A
                    class P { int v = 7; int go() { return In.x(); } static class In { static int x() { return 1; } } } | class P { int v = 7; int go() { return In.x(); } static class In { static int x() { return 2; } } } | new P()
                    """)
    void objects_live_on_where_only_bodies_changed(String first, String second, String made) {
        notebook.run(first);
        notebook.run("P p = " + made + "; List<P> all = new ArrayList<>(List.of(p)); Object same = p;");

        notebook.drainDisplayed();

        notebook.run(second);

        assertThat(notebook.ask("p == same && all.getFirst() == p")).isEqualTo("true");
        assertThat(notebook.ask("p.go() + all.getFirst().go()")).isEqualTo("4");
        assertThat(notebook.displayed()).isEmpty();
    }

    @Test
    void objects_of_an_interface_s_default_method_live_on() {
        notebook.run("interface Greets { default String hi() { return \"a\"; } } Greets g = new Greets() {};");

        notebook.run("interface Greets { default String hi() { return \"b\"; } }");

        assertThat(notebook.ask("g.hi()")).isEqualTo("b");
    }

    @Test
    void a_running_thread_uses_the_new_body_of_a_method_at_its_next_call() {
        notebook.run("volatile int seen; volatile boolean stop; int step() { return 1; }");
        notebook.run("var t = Thread.ofPlatform().daemon().start(() -> { while (!stop) seen = step(); });");
        notebook.run("while (seen != 1) Thread.onSpinWait();");

        notebook.run("int step() { return 2; }");

        assertThat(notebook.ask("while (seen != 2) Thread.onSpinWait(); stop = true; t.join(); seen"))
                .isEqualTo("2");
    }

    @Test
    void an_error_names_the_cell_whose_lines_it_counts() {
        notebook.run("int fails() { throw new IllegalStateException(); }");
        notebook.run("fails()"); // the JVM remembers the file of a class that stood in a stack trace
        notebook.run("\nint fails() { throw new IllegalStateException(); }");
        int declared = notebook.count();

        Evaluation.Threw threw = (Evaluation.Threw) notebook.run("fails()");

        assertThat(threw.error().traceback()).contains("  at fails (cell %d, line 2)".formatted(declared));
    }

    @Test
    void a_stored_lambda_calls_the_new_body() {
        notebook.run("int step() { return 1; } IntSupplier stored = () -> step(); IntSupplier reference = this::step;");
        notebook.run("int step() { return 1; } IntSupplier stored = () -> step(); var same = stored;");

        notebook.run("int step() { return 2; }");

        assertThat(notebook.ask("stored.getAsInt()")).isEqualTo("2");
        assertThat(notebook.ask("stored == same")).isEqualTo("true");
    }

    @Test
    void a_lambda_that_was_stored_elsewhere_stays_when_its_variable_gets_another() {
        notebook.run("Supplier<String> say = () -> \"first\"; var kept = List.of(say);");

        notebook.run("Supplier<String> say = () -> \"second\";");

        assertThat(notebook.ask("say.get() + kept.getFirst().get()")).isEqualTo("secondfirst");
    }

    @Test
    void a_variable_declared_again_keeps_what_depends_on_it() {
        notebook.run("int x = 5; IntSupplier get = () -> x; var list = new ArrayList<>(List.of(x));");

        notebook.run("int x = 6;");

        assertThat(notebook.ask("get.getAsInt() + \" \" + list")).isEqualTo("6 [5]");
        assertThat(notebook.displayed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"var", "List<Integer>"})
    void a_method_declared_again_beside_its_variable_uses_the_new_one(String type) {
        notebook.run(type + " ones = List.of(1); int first() { return ones.getFirst(); }");

        notebook.run(type + " ones = List.of(2); int first() { return ones.getFirst(); }");

        assertThat(notebook.ask("first()")).isEqualTo("2");
    }

    @Test
    void another_shape_resets_what_is_typed_by_it_and_says_so() {
        notebook.run("class P { int a; } P p = new P(); List<P> ps = new ArrayList<>(List.of(p)); P never; int n = 3;");

        notebook.run("class P { int a, b; }");

        assertThat(notebook.displayed())
                .containsExactly("p and ps were reset to null, because class P has changed: "
                        + "run the cell that makes them again.");
        assertThat(notebook.ask("p + \" \" + ps + \" \" + n")).isEqualTo("null null 3");
    }

    @Test
    void nothing_is_said_to_be_reset_that_the_cell_makes_itself() {
        notebook.run("class P { int a; } P p = new P(); P q = new P();");

        notebook.run("class P { int a, b; } P p = new P(); q = new P();");

        assertThat(notebook.displayed()).isEmpty();
        assertThat(notebook.ask("p.b + q.b")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    class C { static int limit = 5; int v; }  | class C { static int limit = 6; int v; }  | C.limit | 6
                    class C { static final int MAX = 5; int v; } int max() { return C.MAX; } | class C { static final int MAX = 6; int v; } | max() | 6
                    enum C { A(1); int v; C(int v) { this.v = v; } } | enum C { A(2); int v; C(int v) { this.v = v; } } | C.A.v | 2
                    List<Integer> f() { return List.of(1); } int g() { return f().get(0); } | List<String> f() { return List.of("a"); } int g() { return f().get(0).length(); } | g() | 1
                    sealed interface C permits A, B {} record A() implements C {} record B() implements C {} | sealed interface C permits A {} record A() implements C {} | switch ((C) new A()) { case A() -> 1; } | 1
                    """)
    void what_would_not_take_effect_in_place_is_made_anew(String first, String second, String asked, String value) {
        notebook.run(first);
        notebook.run(asked.startsWith("switch") ? "new A()" : asked);

        notebook.run(second);

        assertThat(notebook.ask(asked)).isEqualTo(value);
    }

    @Test
    void what_ran_between_two_declarations_in_one_cell_used_the_first() {
        assertThat(notebook.ask("""
                int x = 1; var seen = new ArrayList<Integer>(); seen.add(x); int x = 2; seen.add(x);
                int f() { return 3; } seen.add(f()); int f() { return 4; } seen.add(f());
                class K { int k() { return 5; } } seen.add(new K().k()); class K { int k() { return 6; } }
                seen.add(new K().k());
                seen
                """)).isEqualTo("[1, 2, 3, 4, 5, 6]");
    }

    @Test
    void a_statement_above_the_new_body_still_runs_the_old_one() {
        notebook.run("int f() { return 1; } f();");

        assertThat(notebook.ask("int old = f(); int f() { return 2; } old + \" \" + f()"))
                .isEqualTo("1 2");
    }

    @Test
    void a_rejected_cell_leaves_the_old_bodies() {
        notebook.run("class P { int go() { return 1; } } P p = new P(); int f() { return 1; } p.go(); f();");

        notebook.run("class P { int go() { return 2; } } int f() { return 2; } undefined();");

        assertThat(notebook.ask("p.go() + f()")).isEqualTo("2");
        notebook.run("class P { int go() { return 3; } } int f() { return 3; }");
        assertThat(notebook.ask("p.go() + f()")).isEqualTo("6");
    }

    @Test
    void a_cell_that_fails_midway_takes_back_the_bodies_behind_the_failure_only() {
        notebook.run("class P { int go() { return 1; } } P p = new P(); int f() { return 1; } p.go(); f();");

        notebook.run("""
                class P { int go() { return 2; } }
                int seen = p.go() * 10;
                seen = seen / 0;
                int f() { return 2; }
                """);

        assertThat(notebook.ask("p.go() + \" \" + f() + \" \" + seen")).isEqualTo("2 1 20");
        notebook.run("class P { int go() { return 3; } } int f() { return 3; }");
        assertThat(notebook.ask("p.go() + f()")).isEqualTo("6");
    }

    @Test
    void a_declaration_that_failed_after_an_unused_one_leaves_that_one() {
        notebook.run("int unused() { return 1; }");

        notebook.run("int bad = 1 / 0; int unused() { return 2; }");

        assertThat(notebook.ask("unused()")).isEqualTo("1");
    }

    @Test
    void a_thread_on_an_old_definition_goes_on_with_it() {
        notebook.run("""
                class Work { volatile int done; void run() { while (done >= 0) { done = 1; Thread.yield(); } } }
                var work = new Work(); Object kept = work;
                var t = Thread.ofPlatform().daemon().start(work::run);
                """);

        notebook.run("class Work { volatile long done; void run() { done = 100; } }");
        notebook.run("var other = new Work(); other.run();");

        assertThat(notebook.ask("other.done + \" \" + t.isAlive()")).isEqualTo("100 true");
        notebook.run("var field = kept.getClass().getDeclaredField(\"done\"); field.setAccessible(true);");
        assertThat(notebook.ask("while (field.getInt(kept) != 1); field.setInt(kept, -1); while (t.isAlive())"
                        + " field.setInt(kept, -1); t.isAlive()"))
                .isEqualTo("false");
    }

    @Test
    void volatile_and_synchronized_follow_what_was_declared_last() {
        notebook.run("import java.lang.reflect.Modifier;");
        notebook.run(
                "boolean flag = false; boolean held() { return Thread.holdsLock(threadbook.runtime.TopLevel.MONITOR); }");
        notebook.run("flag = true; held();");

        notebook.run("volatile boolean flag = false; synchronized boolean held() "
                + "{ return Thread.holdsLock(threadbook.runtime.TopLevel.MONITOR); }");
        assertThat(notebook.ask("held()")).isEqualTo("true");
        assertThat(isVolatile("flag")).isEqualTo("true");

        notebook.run(
                "boolean flag = false; boolean held() { return Thread.holdsLock(threadbook.runtime.TopLevel.MONITOR); }");
        assertThat(notebook.ask("held()")).isEqualTo("false");
        assertThat(isVolatile("flag")).isEqualTo("false");
    }

    /// Asks the class whose field the code really uses.
    private String isVolatile(String variable) {
        notebook.run("""
                VarHandle.VarHandleDesc none;
                Class<?> holder = ((Supplier<Class<?>>) () -> {
                    boolean now = %1$s;
                    %1$s = !now;
                    try {
                        for (int i = 1; i < 200; i++)
                            for (String generation : List.of("", "B", "C", "D", "E"))
                                try {
                                    var type = Class.forName("REPL.$JShell$" + i + generation);
                                    var field = type.getDeclaredField("%1$s");
                                    if (field.getBoolean(null) != now) { %1$s = now; if (field.getBoolean(null) == now) return type; %1$s = !now; }
                                } catch (ReflectiveOperationException e) {}
                        return null;
                    } finally { %1$s = now; }
                }).get();
                """.formatted(variable));
        return notebook.ask("Modifier.isVolatile(holder.getDeclaredField(\"" + variable + "\").getModifiers())");
    }

    @Test
    void stack_traces_of_a_cell_run_again_name_its_new_number() {
        notebook.run("int fall() { throw new IllegalStateException(); }");
        notebook.run("try { fall(); } catch (IllegalStateException e) { }");
        notebook.run("// another line\nint fall() { throw new IllegalStateException(); }");

        int again = notebook.count();

        Evaluation evaluation = notebook.run("fall()");

        assertThat(evaluation)
                .isInstanceOfSatisfying(
                        Evaluation.Threw.class,
                        threw -> assertThat(threw.error().traceback())
                                .anyMatch(line -> line.contains("fall (cell " + again + ", line 2)")));
    }

    @Test
    void a_pool_s_output_belongs_to_the_run_that_submitted_its_task() {
        String cell = "var task = CompletableFuture.runAsync(() -> IO.println(\"hi\")); task.join();";
        assertThat(notebook.printedBy(cell)).isEqualTo("hi\n");

        assertThat(notebook.printedBy(cell)).isEqualTo("hi\n");
    }

    @Test
    void a_class_cell_run_two_hundred_times_makes_no_new_class() {
        notebook.run("class P { int go() { return 0; } } P p = new P(); Object same = p;");

        for (int i = 1; i <= 200; i++) {
            notebook.run("class P { int go() { return %d; } }".formatted(i % 3 == 0 ? i - 1 : i));
        }

        assertThat(notebook.ask("p.go() + \" \" + (p == same)")).isEqualTo("200 true");
    }
}
