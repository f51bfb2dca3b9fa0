package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopLevelModifiersTest {
    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
        notebook.run("""
                import java.lang.reflect.Modifier;
                int declared(String name) throws Exception {
                    for (int i = 500; i > 0; i--)
                        for (String generation : List.of("C", "B", ""))
                            try {
                                var type = Class.forName("REPL.$JShell$" + i + generation);
                                return type.getDeclaredField(name).getModifiers();
                            } catch (ClassNotFoundException | NoSuchFieldException e) {}
                    return -1;
                }
                """);
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volatile int v1 = 1;",
                "public static volatile int v1;",
                "volatile var v1 = 1;",
                "/* shared */ @Deprecated volatile\nint v1 = 2;",
                "volatile int other = 1, v1 = 2;"
            })
    void a_volatile_variable_is_volatile(String declaration) {
        notebook.run(declaration);

        assertThat(notebook.ask("Modifier.isVolatile(declared(\"v1\"))")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"int p1 = 1;", "String p1 = \"volatile\";", "int p1 = 1; // volatile", "final int p1 = 3;"})
    void any_other_variable_is_not(String declaration) {
        notebook.run(declaration);

        assertThat(notebook.ask("Modifier.isVolatile(declared(\"p1\"))")).isEqualTo("false");
    }

    @Test
    void a_variable_stays_volatile_when_what_it_depends_on_changes() {
        notebook.run("class Node { int a; } volatile Node node = new Node();");

        notebook.run("class Node { int a, b; }");
        notebook.run("node = new Node();");

        assertThat(notebook.ask("Modifier.isVolatile(declared(\"node\"))")).isEqualTo("true");
    }

    @Test
    void a_spinning_thread_sees_a_volatile_variable_change() {
        notebook.run(
                "volatile boolean stop; var spinning = Thread.ofPlatform().daemon().start(() -> { while (!stop) {} });");

        assertThat(notebook.ask("stop = true; spinning.join(); spinning.isAlive()"))
                .isEqualTo("false");
    }

    @Test
    void synchronized_methods_exclude_each_other() {
        notebook.run("""
                int count;
                synchronized void up() { count++; }
                synchronized int down() { if (count > 1_000_000) throw new IllegalStateException(); return count--; }
                """);

        assertThat(notebook.ask("""
                var up = Thread.ofPlatform().start(() -> { for (int i = 0; i < 200_000; i++) up(); });
                for (int i = 0; i < 200_000; i++) down();
                up.join();
                count
                """)).isEqualTo("0");
    }

    @Test
    void synchronized_methods_share_one_monitor_and_give_it_back() {
        assertThat(notebook.ask("""
                synchronized boolean outer(int n) {
                    if (n < 0) throw new IllegalArgumentException();
                    return n == 0 ? Thread.holdsLock(threadbook.runtime.TopLevel.MONITOR) : outer(n - 1);
                }
                boolean free() { return !Thread.holdsLock(threadbook.runtime.TopLevel.MONITOR); }
                boolean inside = outer(2);
                try { outer(-1); } catch (IllegalArgumentException e) {}
                inside + " " + free()
                """)).isEqualTo("true true");
    }

    @Test
    void a_synchronized_statement_is_still_one() {
        assertThat(notebook.ask(
                        "Object m = new Object(); boolean held; synchronized (m) { held = Thread.holdsLock(m); } held"))
                .isEqualTo("true");
    }
}
