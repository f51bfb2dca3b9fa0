package threadbook.kernel.jshell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;

/// The JShell instance and what belongs to it. Used on the thread `jshell` alone.
final class Workshop {
    private static final int KEPT = 5;

    private final JShell shell;
    private final Staging staging;
    private final Declared declared;
    private final Memory memory;
    private final FinalVariables finals;
    private final StandardJavaFileManager files;
    private final List<Path> classPath;

    private Workshop(JShell shell, Staging staging, StandardJavaFileManager files, List<Path> classPath) {
        this.shell = shell;
        this.staging = staging;
        this.files = files;
        this.classPath = List.copyOf(classPath);
        declared = new Declared(shell);
        memory = memory();
        finals = new FinalVariables(declared, staging, memory);
    }

    static Workshop open(List<Path> classPath, List<String> imports, BooleanSupplier redefines) {
        Staging staging = new Staging(redefines);
        List<StandardJavaFileManager> files = new ArrayList<>(); // JShell makes it and asks what to use for it
        JShell shell = JShell.builder()
                .executionEngine(new Engine(staging), Map.of())
                .fileManager(standard -> {
                    show(standard, classPath);
                    files.add(standard);
                    return standard;
                })
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
        return new Workshop(shell, staging, files.getFirst(), classPath);
    }

    /// javac would otherwise see the class path of this process, and with it the kernel.
    private static void show(StandardJavaFileManager files, List<Path> classPath) {
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
        } catch (IOException e) {
            throw new UncheckedIOException("class path of cells: " + classPath, e);
        }
    }

    JShell shell() {
        return shell;
    }

    String undoing() {
        return memory.described();
    }

    Compilation compile(Declared.Cell cell, BooleanSupplier cancelled) {
        Compilation compilation = new CellCompilation(shell, staging, memory, declared, finals, cell).run(cancelled);
        if (compilation instanceof Compilation.Rejected(var problems)
                && problems.stream().anyMatch(problem -> problem.key().startsWith(CellCompilation.TOO_LARGE))) {
            renew(); // javac keeps what was too large, and would write no class any more
        }
        return compilation;
    }

    /// Makes JShell take new instances of javac. The only public way is to change the class path; what that
    /// adds, the class path of this process, is taken away again at once.
    private void renew() {
        shell.addToClasspath("");
        show(files, classPath);
    }

    boolean revert(Program program, int step, Map<String, byte[]> kept) {
        program.before(step).restoreAfterRun(kept);
        staging.takeBack(program.classes().keySet(), kept);
        return true;
    }

    Throwable explained(SPIResolutionException unresolved) {
        for (DeclarationSnippet snippet : declarations()) {
            if (shell.status(snippet).isActive() && snippet.id().equals(String.valueOf(unresolved.id()))) {
                Stream<String> missing = shell.unresolvedDependencies(snippet).map(name -> name + " is missing");
                Stream<String> wrong = shell.diagnostics(snippet).map(diag -> diag.getMessage(Locale.ENGLISH));
                return new UnresolvedException(
                        snippet.name(), Stream.concat(missing, wrong).collect(Collectors.joining(", ")));
            }
        }
        return unresolved;
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

    Set<String> variableClasses() {
        return shell.variables()
                .map(variable -> shell.sourceCodeAnalysis().wrapper(variable).fullClassName())
                .collect(Collectors.toSet());
    }

    private List<DeclarationSnippet> declarations() {
        return shell.snippets()
                .filter(DeclarationSnippet.class::isInstance)
                .map(DeclarationSnippet.class::cast)
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
            staging.takeBack(program.classes().keySet(), Map.of());
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
