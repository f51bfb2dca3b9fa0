package threadbook.kernel.jshell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/// The JShell instance and what belongs to it. Used on the thread `jshell` alone.
final class Workshop {
    private static final int KEPT = 5;

    private final JShell shell;
    private final Staging staging;
    private final Declared declared;
    private final Memory memory;

    private Workshop(JShell shell, Staging staging) {
        this.shell = shell;
        this.staging = staging;
        declared = new Declared(shell);
        memory = memory();
    }

    static Workshop open(List<Path> classPath, List<String> imports) {
        Staging staging = new Staging();
        JShell shell = JShell.builder()
                .executionEngine(new Engine(staging), Map.of())
                .fileManager(seeing(classPath))
                // Not --release: with it JShell makes a whole new javac for each snippet, ten times as slow.
                .compilerOptions(
                        "--enable-preview",
                        "--source",
                        String.valueOf(Runtime.version().feature()))
                .build();
        for (String line : imports) {
            for (SnippetEvent event : shell.eval(line)) {
                if (event.status() != Snippet.Status.VALID) {
                    throw new IllegalStateException("default import %s: %s".formatted(line, event.status()));
                }
            }
        }
        return new Workshop(shell, staging);
    }

    /// javac would otherwise see the class path of this process, and with it the kernel.
    private static UnaryOperator<StandardJavaFileManager> seeing(List<Path> classPath) {
        return files -> {
            try {
                files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
                return files;
            } catch (IOException e) {
                throw new UncheckedIOException("class path of cells: " + classPath, e);
            }
        };
    }

    JShell shell() {
        return shell;
    }

    String undoing() {
        return memory.described();
    }

    Compilation compile(Declared.Cell cell, BooleanSupplier cancelled) {
        return new CellCompilation(shell, staging, memory, declared, cell).run(cancelled);
    }

    boolean revert(Program program, int step, Map<String, byte[]> loaded) {
        program.before(step).restoreAfterRun(loaded);
        staging.takeBack(program.classes().keySet().stream()
                .filter(name -> !loaded.containsKey(name))
                .collect(Collectors.toSet()));
        return true;
    }

    List<String> names() {
        return shell.snippets()
                .filter(snippet -> shell.status(snippet).isActive())
                .filter(PersistentSnippet.class::isInstance)
                .map(snippet -> ((PersistentSnippet) snippet).name())
                .filter(name -> !name.startsWith("$"))
                .distinct()
                .toList();
    }

    void tidy() {
        TreeMap<Integer, Snippet> temporary = new TreeMap<>();
        shell.variables()
                .filter(variable -> variable.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                .forEach(variable -> temporary.put(Integer.parseInt(variable.id()), variable));
        temporary.values().stream().limit(Math.max(0, temporary.size() - KEPT)).forEach(shell::drop);
    }

    /// Compiles a cell and forgets it.
    void rehearse(String code) {
        Memory.Snapshot before = memory.snapshot();
        if (compile(new Declared.Cell("rehearsal", code), () -> false) instanceof Compilation.Compiled(var program)) {
            staging.takeBack(program.classes().keySet());
        }
        before.restore();
    }

    /// The exact way if it works on this JDK, tried once; otherwise the way that only needs JShell's public
    /// functions, which `%about` then names.
    private Memory memory() {
        Memory exact = new ReflectedMemory(shell);
        try {
            Memory.Snapshot before = exact.snapshot();
            long known = shell.snippets().count();
            shell.eval("int probe = 1;");
            staging.forget();
            before.restore();
            return shell.snippets().count() == known
                            && shell.variables().findAny().isEmpty()
                    ? exact
                    : new DeclaredMemory(shell);
        } catch (IllegalStateException | InaccessibleObjectException closed) {
            return new DeclaredMemory(shell);
        }
    }

    private record Engine(Staging staging) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "staging";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return staging;
        }
    }
}
