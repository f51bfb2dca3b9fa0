package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.cell.Evaluation;

/// Cells that declare variables, methods and classes again and again, in any order and together: what is called
/// afterwards is what was declared last, through however many others.
///
/// Chance decides, from a seed that a failure names; `-Dthreadbook.seed=` repeats it.
@Timeout(300)
class RandomRedeclarationsTest {
    private static final int CELLS = 120;
    private static final List<String> VARIABLES = List.of(
            "int %s = %d;",
            "var %s = %d;",
            "String %s = \"%d\";",
            "var %s = List.of(%d);",
            "var %s = new AtomicInteger(%d);",
            "Supplier<Object> %s = () -> %d;",
            "volatile long %s = %d;");

    private final long seed = Long.getLong("threadbook.seed", System.nanoTime() % 1_000_000);
    private final Random chance = new Random(seed);
    private final Map<String, Declaration> declared = new TreeMap<>();
    private int number;

    /// What a name means now: its own number, and the names that it uses.
    private record Declaration(String code, String value, List<String> uses) {}

    @Test
    void what_was_declared_last_is_what_runs() {
        var history = new ArrayList<String>();
        try (var notebook = new Notebook()) {
            notebook.run(
                    "class Shown { static Object of(Object o) { return o instanceof Supplier<?> s ? s.get() : o; } }");
            for (int i = 0; i < CELLS; i++) {
                String cell = cell();
                history.add(cell);
                Evaluation ended = notebook.run(cell);
                String asked = declared.keySet().stream()
                        .map(name -> "String.valueOf(" + use(name) + ")")
                        .collect(Collectors.joining(", ", "String.join(\" \", ", ")"));

                assertThat(ended)
                        .as("seed %s, cells:%n%s", seed, String.join("\n---\n", history))
                        .isEqualTo(new Evaluation.Done());
                assertThat(notebook.ask(asked))
                        .as("seed %s, cells:%n%s", seed, String.join("\n---\n", history))
                        .isEqualTo(declared.keySet().stream().map(this::value).collect(Collectors.joining(" ")));
            }
        }
    }

    /// A cell of some declarations, which uses only what is declared in it or before.
    private String cell() {
        var names = new ArrayList<String>();
        for (String kind : List.of("v", "w", "f", "g", "C")) {
            for (int i = 0; i < 2; i++) {
                if (chance.nextInt(3) == 0) {
                    names.add(kind + i);
                }
            }
        }
        if (names.isEmpty()) {
            names.add("v0");
        }
        Collections.sort(names, Collections.reverseOrder()); // variables first
        names.forEach(this::declare);
        Collections.shuffle(names, chance);
        return names.stream().map(name -> declared.get(name).code).collect(Collectors.joining("\n"));
    }

    private void declare(String name) {
        int own = ++number;
        switch (name.charAt(0)) {
            case 'v', 'w' -> {
                String form = VARIABLES.get(chance.nextInt(VARIABLES.size()));
                String value = form.contains("List") ? "[" + own + "]" : "" + own;
                declared.put(name, new Declaration(form.formatted(name, own), value, List.of()));
            }
            default -> {
                // Only what is lower in the order: no rings.
                List<String> uses = declared.keySet().stream()
                        .filter(other -> rank(other) < rank(name) && chance.nextBoolean())
                        .toList();
                String body = uses.stream()
                        .map(other -> " + \"_\" + " + use(other))
                        .collect(Collectors.joining("", "return \"" + own + "\"", ";"));
                String code = name.startsWith("C")
                        ? "class %s { static String s() { %s } }".formatted(name, body)
                        : "String %s() { %s }".formatted(name, body);
                declared.put(name, new Declaration(code, "" + own, uses));
            }
        }
    }

    private static int rank(String name) {
        return 2 * List.of('v', 'w', 'C', 'f', 'g').indexOf(name.charAt(0)) + name.charAt(1) - '0';
    }

    /// A use that compiles whatever the variable's type becomes.
    private static String use(String name) {
        return switch (name.charAt(0)) {
            case 'v', 'w' -> "Shown.of(" + name + ")";
            case 'C' -> name + ".s()";
            default -> name + "()";
        };
    }

    private String value(String name) {
        Declaration declaration = declared.get(name);
        return declaration.value
                + declaration.uses.stream().map(used -> "_" + value(used)).collect(Collectors.joining());
    }
}
