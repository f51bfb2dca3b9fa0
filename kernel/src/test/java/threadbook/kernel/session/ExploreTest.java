package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExploreTest {

    @Test
    void plain_code_of_cells_is_explored() {
        try (var notebook = new Notebook()) {
            notebook.run("int x;");

            assertThat(notebook.ask("""
                            var lesson = explore(() -> x = 2).thread(() -> x = x + 1).thread(() -> x = x * 2).outcome(() -> x);
                            lesson.counts()
                            """)).isEqualTo("{3=2, 4=2, 5=1, 6=1}");
        }
    }

    @Test
    void a_replay_shows_the_lines_of_the_cell_and_the_names_of_its_variables() {
        try (var notebook = new Notebook()) {
            notebook.run("int counter;\nvoid increase() {\n    int seen = counter;\n    counter = seen + 1;\n}");

            assertThat(notebook.ask("""
                            explore(() -> counter = 0).thread("A", () -> increase()).thread("B", () -> increase())
                                .outcome(() -> counter).replay(1).mimeBundle().get("text/html")
                            """)).contains("int seen = counter;", "counter = seen + 1;");
        }
    }

    @Test
    void an_object_made_before_and_the_variable_that_holds_it_are_as_they_were() {
        try (var notebook = new Notebook()) {
            notebook.run("class Account { int balance = 100; }\nvar account = new Account();");

            notebook.run("""
                    explore().thread(() -> account.balance -= 60).thread(() -> account.balance -= 60)
                        .outcome(() -> account.balance).counts()
                    """);

            assertThat(notebook.ask("account.balance")).isEqualTo("100");
        }
    }

    @Test
    void variables_can_be_changed_again_after_an_exploration() {
        try (var notebook = new Notebook()) {
            notebook.run("int x;");
            notebook.run("explore(() -> x = 0).thread(() -> x++).thread(() -> x++).outcome(() -> x).counts()");

            assertThat(notebook.ask("x++; x")).isEqualTo("1");
        }
    }

    @Test
    void a_real_deadlock_is_caught_and_its_locks_are_free_again() {
        try (var notebook = new Notebook()) {
            notebook.run("""
                    var a = new ReentrantLock();
                    var b = new ReentrantLock();
                    var both = new CyclicBarrier(2);
                    void left() throws Exception { a.lock(); both.await(); b.lock(); b.unlock(); a.unlock(); }
                    void right() throws Exception { b.lock(); both.await(); a.lock(); a.unlock(); b.unlock(); }
                    """);

            assertThat(notebook.ask("watch(30_000, () -> parallel(() -> left(), () -> right())).waitsFor()"))
                    .isIn("worker 0 -> b -> worker 1 -> a -> worker 0", "worker 1 -> a -> worker 0 -> b -> worker 1");
            assertThat(notebook.ask("a.isLocked() || b.isLocked()")).isEqualTo("false");
        }
    }

    @Test
    void a_program_on_top_level_variables_is_stressed_in_copies_that_have_their_own() {
        try (var notebook = new Notebook()) {
            notebook.run("""
                    int x = 17;
                    int unset = 1;
                    final var lock = new ReentrantLock();
                    class Account { int balance; }
                    Account account = new Account();
                    void add() { lock.lock(); try { x = x + 1; account.balance = x + unset; } finally { lock.unlock(); } }
                    """);

            assertThat(notebook.ask("""
                            stress(1000, explore(() -> { x = 2; account = new Account(); })
                                .thread(() -> add()).thread(() -> add()).outcome(() -> account.balance)).counts()
                            """)).isEqualTo("{5=1000}");
            assertThat(notebook.ask("x")).isEqualTo("17");
        }
    }

    @Test
    void an_interrupt_ends_an_exploration() throws Exception {
        try (var notebook = new Notebook()) {
            notebook.run("int x;");

            var exploring = notebook.interruptAfterPrint("""
                    IO.println("exploring");
                    explore(() -> x = 0).thread(() -> times(50, () -> x++)).thread(() -> times(50, () -> x++))
                        .budget(600_000).outcome(() -> x).counts()
                    """);

            assertThat(Notebook.words(exploring.join())).isEqualTo("INTERRUPTED");
            assertThat(notebook.ask("1 + 1")).isEqualTo("2");
        }
    }
}
