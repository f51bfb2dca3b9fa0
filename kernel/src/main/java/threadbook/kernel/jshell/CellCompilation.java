package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.cell.Problem;
import threadbook.weaving.Origin;

/// One cell on its way through JShell: all of its snippets, or none.
final class CellCompilation {
    private static final Pattern OUTER = Pattern.compile("(?<key>REPL\\.\\$JShell\\$\\d+)[A-Z]*");

    /// How the keys begin with which javac says that something does not fit into a class file.
    static final String TOO_LARGE = "compiler.err.limit.";

    private final JShell shell;
    private final Staging staging;
    private final Memory memory;
    private final Declared declared;
    private final Declared.Cell cell;

    private final List<Program.Step> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Snippet, Piece> open = new LinkedHashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private boolean shows;

    CellCompilation(JShell shell, Staging staging, Memory memory, Declared declared, Declared.Cell cell) {
        this.shell = shell;
        this.staging = staging;
        this.memory = memory;
        this.declared = declared;
        this.cell = cell;
    }

    /// @param cancelled  asked before each snippet
    Compilation run(BooleanSupplier cancelled) {
        Memory.Snapshot before = memory.snapshot();
        boolean accepted = false;
        try {
            for (Piece piece : Piece.split(shell.sourceCodeAnalysis(), cell.code())) {
                if (cancelled.getAsBoolean()) {
                    return new Compilation.Cancelled();
                }
                compile(piece);
                if (!problems.isEmpty()) {
                    return new Compilation.Rejected(problems);
                }
            }
            findMissing();
            if (!problems.isEmpty()) {
                return new Compilation.Rejected(problems);
            }
            Program program = new Program(steps, classes(), shows);
            accepted = true;
            return new Compilation.Compiled(program);
        } catch (StackOverflowError e) {
            problems.add(new Problem(
                    "threadbook.too.deep",
                    "the code is nested too deeply for the compiler",
                    0,
                    cell.code().length()));
            return new Compilation.Rejected(problems);
        } finally {
            if (accepted) {
                staging.handOver();
            } else {
                staging.forget();
                before.restore();
            }
        }
    }

    private void compile(Piece piece) {
        Memory.Snapshot before = memory.snapshot();
        Map<String, byte[]> classesBefore = staging.classes();
        int invoked = staging.invocations().size();
        shows = false;
        for (SnippetEvent event : shell.eval(piece.source())) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() == null) {
                if (event.status() == Snippet.Status.REJECTED || tooLarge(snippet)) {
                    shell.diagnostics(snippet)
                            .filter(Diag::isError)
                            .forEach(diag -> problems.add(problem(piece, diag)));
                    return;
                }
                declared.add(snippet, cell, piece);
                open.put(snippet, piece);
                shows = expression(snippet) && !piece.closed();
            }
            if (event.status().isActive()) {
                declared.origin(snippet, origins);
            }
        }
        List<String> all = staging.invocations();
        for (String className : all.subList(invoked, all.size())) {
            steps.add(new Program.Step(className, before, classesBefore));
        }
    }

    /// What does not fit into a class file is found when JShell has accepted the snippet already.
    private boolean tooLarge(Snippet snippet) {
        return shell.diagnostics(snippet).anyMatch(diag -> diag.getCode().startsWith(TOO_LARGE));
    }

    private static boolean expression(Snippet snippet) {
        return snippet.kind() == Snippet.Kind.EXPRESSION
                || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    }

    private Problem problem(Piece piece, Diag diag) {
        int start = within(piece.position(diag.getStartPosition()));
        int end = within(piece.position(diag.getEndPosition()));
        return new Problem(diag.getCode(), diag.getMessage(Locale.ENGLISH), start, Math.max(start, end));
    }

    /// Positions in a semicolon that was added lie beyond the cell.
    private int within(int position) {
        return Math.clamp(position, 0, cell.code().length());
    }

    /// JShell accepts a declaration that uses what is not declared yet; at the end of a cell it must be.
    private void findMissing() {
        open.forEach((snippet, piece) -> {
            if (snippet instanceof DeclarationSnippet declaration
                    && shell.status(snippet) != Snippet.Status.VALID
                    && shell.status(snippet).isActive()) {
                List<String> missing = shell.unresolvedDependencies(declaration).toList();
                missing.forEach(name -> problems.add(missing(piece, name)));
                if (missing.isEmpty()) {
                    // JShell hopes that a later declaration repairs this too, such as a constructor that does not fit.
                    shell.diagnostics(snippet)
                            .filter(Diag::isError)
                            .forEach(diag -> problems.add(problem(piece, diag)));
                }
            }
        });
    }

    /// @param missing  such as `method later()`, `variable n` or `class Foo`
    private Problem missing(Piece piece, String missing) {
        String name = missing.substring(missing.indexOf(' ') + 1).replaceAll("\\(.*", "");
        Matcher use = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(BareCode.of(piece.source()));
        int start = piece.position(use.find() ? use.start() : 0);
        return new Problem(
                "compiler.err.cant.resolve",
                "cannot find symbol\n  symbol: " + missing,
                within(start),
                within(start + name.length()));
    }

    private Map<String, Program.Compiled> classes() {
        Map<String, Program.Compiled> classes = new LinkedHashMap<>();
        staging.classes().forEach((name, bytes) -> classes.put(name, new Program.Compiled(bytes, origin(name))));
        return classes;
    }

    /// A class that JShell made on the way to the snippet's last one (`$JShell$1B` where `$JShell$1C` is the
    /// last) comes from the same lines, and its wrapper has the same.
    private Origin origin(String className) {
        Matcher outer = OUTER.matcher(className);
        if (outer.lookingAt()) {
            Origin exact = origins.get(outer.group());
            if (exact != null) {
                return exact;
            }
            for (Map.Entry<String, Origin> other : origins.entrySet()) {
                Matcher sibling = OUTER.matcher(other.getKey());
                if (sibling.matches() && sibling.group("key").equals(outer.group("key"))) {
                    return other.getValue();
                }
            }
        }
        throw new IllegalStateException("JShell loads %s, which no snippet of %s became; known are %s"
                .formatted(className, cell.file(), origins.keySet()));
    }
}
