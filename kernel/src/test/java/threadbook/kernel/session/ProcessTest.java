package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Evaluation;

/// Lambdas of cells in JVMs of their own.
@Timeout(60)
class ProcessTest {
    private final Notebook notebook = new Notebook();

    @AfterEach
    void close() {
        notebook.close();
    }

    @Test
    void the_values_of_variables_travel_through_methods_and_classes() {
        notebook.run("int factor = 10; List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));");
        notebook.run(
                "class Scale { int by(int n) { return n * factor; } }  int scaled(int n) { return new Scale().by(n); }");

        assertThat(notebook.ask("process(() -> numbers.stream().map(n -> scaled(n)).toList()).start().result()"))
                .isEqualTo("[10, 20, 30]");
        notebook.run("factor = 20;");
        assertThat(notebook.ask("process(() -> numbers.stream().map(n -> scaled(n)).toList()).start().result()"))
                .isEqualTo("[20, 40, 60]");
    }

    @Test
    void a_method_that_was_declared_again_travels_as_it_is_now() {
        notebook.run("int answer() { return 1; }");
        assertThat(notebook.ask("process(() -> answer()).start().result()")).isEqualTo("1");
        notebook.run("int answer() { return 2; }");
        assertThat(notebook.ask("process(() -> answer()).start().result()")).isEqualTo("2");
    }

    @Test
    void records_and_classes_come_back_as_the_same_classes() {
        notebook.run(
                "record Point(int x, int y) {}  class Node { String name = \"root\"; List<Node> below = new ArrayList<>(); Node above; }");

        assertThat(notebook.ask("process(() -> new Point(1, 2)).start().result().equals(new Point(1, 2))"))
                .isEqualTo("true");
        assertThat(notebook.ask("""
                var tree = process(() -> { var root = new Node(); var leaf = new Node(); leaf.above = root; root.below.add(leaf); return root; }).start().result();
                tree.below.getFirst().above == tree""")).isEqualTo("true");
    }

    @Test
    void an_object_whose_class_the_code_does_not_name_travels_with_its_class_and_what_that_reads() {
        notebook.run("interface Shape { int area(); }  int side = 3;");
        notebook.run(
                "class Square implements Shape { public int area() { return side * side; } }  Shape shape = new Square();");

        assertThat(notebook.ask("process(() -> shape.area()).start().result()")).isEqualTo("9");
    }

    @Test
    void an_assignment_in_the_process_does_not_come_back_and_is_told() {
        notebook.run("int shared = 1; List<Integer> list = new ArrayList<>();");
        notebook.run("process(\"p\", () -> { shared = 99; list.add(1); }).start().join();");

        assertThat(notebook.ask("shared")).isEqualTo("1");
        assertThat(notebook.ask("list")).isEqualTo("[]");
        assertThat(notebook.displayed())
                .containsOnlyOnce(
                        "The process p has changed its own copy of list, shared; here everything is as before.");
    }

    @Test
    void a_variable_that_cannot_travel_is_refused_by_name() {
        notebook.run("var pool = Executors.newFixedThreadPool(1); Function<Integer, Integer> twice = n -> 2 * n;");

        assertThat(notebook.run("process(() -> { pool.shutdown(); }).start().join();"))
                .isInstanceOfSatisfying(
                        Evaluation.Threw.class,
                        threw -> assertThat(threw.error().traceback())
                                .first()
                                .asString()
                                .contains(
                                        "The variable pool cannot travel to another process: it holds a java.util.concurrent.ThreadPoolExecutor"));
        assertThat(notebook.run("process(() -> twice.apply(2)).start().result()"))
                .isInstanceOfSatisfying(
                        Evaluation.Threw.class,
                        threw -> assertThat(String.join("\n", threw.error().traceback()))
                                .contains("The variable twice cannot travel")
                                .contains("Declare a method instead"));
        notebook.run("pool.shutdown();");
    }

    @Test
    void what_it_prints_appears_under_the_cell_that_started_it() {
        assertThat(notebook.printedBy(
                        "process(() -> { IO.println(\"hello\"); IO.println(\"again\"); }).start().join();"))
                .isEqualTo("hello\nagain\n");
    }

    @Test
    void an_exception_names_the_line_of_the_cell_in_the_process() {
        notebook.run("void fails() {\n  throw new IllegalStateException(\"boom\");\n}");

        assertThat(notebook.run("process(\"p\", () -> fails()).start().result()"))
                .isInstanceOfSatisfying(
                        Evaluation.Threw.class,
                        threw -> assertThat(String.join("\n", threw.error().traceback()))
                                .contains("process p failed: java.lang.IllegalStateException: boom")
                                .contains("cell 1, line 2")
                                .doesNotContain("do_it"));
        assertThat(notebook.printedBy("process(\"p\", () -> fails()).start().join();"))
                .contains("boom");
    }

    @Test
    void volatile_and_synchronized_are_what_was_written() {
        notebook.run("volatile int v; synchronized void add() { v++; }");

        assertThat(notebook.ask("""
                process(() -> { parallel(4, i -> times(1000, () -> add())); return v; }).start().result()""")).isEqualTo("4000");
    }

    @Test
    void a_process_can_start_a_process() {
        notebook.run("int n = 7; int twice() { return 2 * n; }");

        assertThat(notebook.ask("process(() -> process(() -> twice()).start().result() + 1).start().result()"))
                .isEqualTo("15");
    }

    @Test
    void exit_is_an_exit_there() {
        assertThat(notebook.ask("var p = process(() -> System.exit(3)).start(); p.join(); p.exitCode().get()"))
                .isEqualTo("3");
    }

    @Test
    void an_interrupted_cell_leaves_no_process_behind() throws Exception {
        CompletableFuture<Evaluation> running = notebook.interruptAfterPrint("""
                var p = process(() -> { IO.println("here"); while (true) {} }).start();
                process(() -> { while (true) {} }).start().join();""");

        assertThat(running.get()).isInstanceOf(Evaluation.Interrupted.class);
        assertThat(notebook.ask("p.join(20_000)")).isEqualTo("true");
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().isPresent()))
                .isEmpty();
    }

    @Test
    void a_pool_runs_functions_with_the_variables_as_they_are_at_each_call() {
        notebook.run("int factor = 2; int times(int n) { return n * factor; }  var pool = processPool(2);");

        assertThat(notebook.ask("pool.map(n -> times(n), List.of(1, 2, 3))")).isEqualTo("[2, 4, 6]");
        notebook.run("factor = 3;");
        assertThat(notebook.ask("pool.map(n -> times(n), List.of(1, 2, 3))")).isEqualTo("[3, 6, 9]");
        notebook.run("int times(int n) { return n * factor * 100; }");
        assertThat(notebook.ask("pool.map(n -> times(n), List.of(1, 2, 3))")).isEqualTo("[300, 600, 900]");
        notebook.run("pool.close();");
    }

    @Test
    void side_effects_in_a_pool_are_told_once() {
        notebook.run("int counter;");
        notebook.run(
                "try (var pool = processPool(2)) { pool.map(n -> counter += n, IntStream.range(0, 100).boxed().toList()); }");

        assertThat(notebook.ask("counter")).isEqualTo("0");
        assertThat(notebook.displayed())
                .containsExactly("A worker has changed its own copy of counter; here everything is as before.");
    }

    @Test
    void what_a_worker_prints_appears_under_the_cell_that_called_it() {
        notebook.run("var pool = processPool(1);");

        assertThat(notebook.printedBy("pool.map(n -> { IO.println(\"item \" + n); return n; }, List.of(1, 2));"))
                .isEqualTo("item 1\nitem 2\n");
        notebook.run("pool.close();");
    }
}
