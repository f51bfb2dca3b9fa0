package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.cell.Problem;

/// One cell on its way through JShell: all of its snippets, or none.
final class CellCompilation {
    private static final String ASSIGNS_FINAL = "compiler.err.cant.assign.val.to.var";

    /// How the keys begin with which javac says that something does not fit into a class file.
    static final String TOO_LARGE = "compiler.err.limit.";

    private final JShell shell;
    private final Staging staging;
    private final Memory memory;
    private final Declared declared;
    private final FinalVariables finals;
    private final Declared.Cell cell;
    private final Redeclared redeclared;
    private final Resets resets;

    private final List<Program.Step> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Snippet, Piece> open = new LinkedHashMap<>();
    private final Origins origins = new Origins();
    private final Set<String> own = new HashSet<>();
    private boolean shows;

    CellCompilation(
            JShell shell,
            Staging staging,
            Memory memory,
            Declared declared,
            FinalVariables finals,
            Declared.Cell cell) {
        this.shell = shell;
        this.staging = staging;
        this.memory = memory;
        this.declared = declared;
        this.finals = finals;
        this.cell = cell;
        redeclared = new Redeclared(declared, staging);
        resets = new Resets(shell, declared);
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
            Program program = new Program(steps, classes(), shows, resets.left());
            finals.seal(Set.of());
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
        Staging.Mark mark = staging.mark();
        List<SnippetEvent> events = eval(piece, before, mark);
        shows = false;
        for (SnippetEvent event : events) {
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
                keep(snippet, mark);
            }
            if (event.status().isActive()) {
                declared.origin(snippet, origins.known());
            }
        }
        dropGivenUp(mark);
        resets.add(events);
        List<String> all = staging.invocations();
        for (String className : all.subList(mark.invocations().size(), all.size())) {
            steps.add(new Program.Step(className, before, mark.classes(), staging.classes()));
        }
        checkFinals(piece, events);
    }

    /// Has JShell compile a piece, and again where its first way is not the right one.
    private List<SnippetEvent> eval(Piece piece, Memory.Snapshot before, Staging.Mark mark) {
        String source = piece.source();
        List<SnippetEvent> events = shell.eval(source);
        Optional<String> writtenOut = InferredType.writtenOut(source, events, declared.types());
        if (writtenOut.isPresent()) {
            before.restore();
            staging.restore(mark, Set.of());
            List<SnippetEvent> typed = shell.eval(writtenOut.get());
            if (typed.getFirst().status() == Snippet.Status.VALID) {
                source = writtenOut.get();
                events = typed;
            } else {
                before.restore();
                staging.restore(mark, Set.of());
                events = shell.eval(source);
            }
        }
        Set<String> anew = redeclared.anew(piece, events, mark);
        if (!anew.isEmpty()) {
            before.restore();
            staging.restore(mark, anew);
            anew.forEach(memory::forgetBytes);
            events = shell.eval(source);
            staging.refuseNone();
        }
        return events;
    }

    /// The class of a snippet of this cell. Where JShell keeps it because the code is the same as an earlier
    /// cell's, it is staged nevertheless: stack traces are to name this cell, and its output belongs here.
    private void keep(Snippet snippet, Staging.Mark mark) {
        if (snippet instanceof DeclarationSnippet && !(snippet instanceof ImportSnippet)) {
            String wrapper = declared.wrapper(snippet);
            redeclared.add(wrapper, mark);
            own.add(wrapper);
            if (staging.inUse(wrapper) && !staging.stagedSince(mark, wrapper)) {
                staging.stageAgain(wrapper);
            }
        }
    }

    /// JShell may redefine a class and then, because of others, replace it: the old one stays as it was.
    private void dropGivenUp(Staging.Mark mark) {
        if (staging.redefinesSince(mark)) {
            staging.keepOnly(mark, declared.inForce().map(declared::wrapper).collect(Collectors.toSet()));
        }
    }

    private void checkFinals(Piece piece, List<SnippetEvent> events) {
        for (SnippetEvent event : events) {
            if (event.causeSnippet() == null
                    && event.snippet() instanceof VarSnippet variable
                    && finals.declares(variable)) {
                finals.add(variable);
                if (events.size() > 1) { // something used the name before
                    memory.seal(declared.wrapper(variable), variable.name());
                    finals.assigning(variable).ifPresent(user -> assignsFinal(piece, variable, user));
                }
            }
        }
        finals.seal(open.keySet().stream()
                .filter(snippet -> snippet.subKind() == Snippet.SubKind.VAR_DECLARATION_SUBKIND)
                .collect(Collectors.toSet()));
    }

    /// What is in this cell is compiled again, now that javac knows of the final variable, for its words and the
    /// place. What is in an earlier cell is named.
    private void assignsFinal(Piece piece, VarSnippet variable, DeclarationSnippet user) {
        Piece using = open.get(user);
        if (using != null) {
            shell.eval(using.source()).stream()
                    .filter(event -> event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED)
                    .flatMap(event -> shell.diagnostics(event.snippet()))
                    .filter(Diag::isError)
                    .forEach(diag -> problems.add(problem(using, diag)));
        }
        if (problems.isEmpty()) {
            Matcher name = Pattern.compile("\\b" + Pattern.quote(variable.name()) + "\\b")
                    .matcher(BareCode.of(piece.source()));
            int start = piece.position(name.find() ? name.start() : 0);
            String where = declared.file(user).map(file -> " of " + file).orElse("");
            problems.add(new Problem(
                    ASSIGNS_FINAL,
                    "cannot assign a value to final variable %s\n  %s%s does so"
                            .formatted(variable.name(), user.name(), where),
                    within(start),
                    within(start + variable.name().length())));
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
        return new Problem(diag.getCode(), message(diag), start, Math.max(start, end));
    }

    /// javac's words; a variable of a cell is static only because of JShell.
    private String message(Diag diag) {
        String message = diag.getMessage(Locale.ENGLISH);
        Matcher assigned = Pattern.compile("static final variable (\\w+)").matcher(message);
        return diag.getCode().equals(ASSIGNS_FINAL) && assigned.find() && finals.isName(assigned.group(1))
                ? message.replace("static final", "final")
                : message;
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
        Map<String, byte[]> staged = staging.classes();
        Set<String> untold =
                staged.keySet().stream().map(CellClassName::outermost).collect(Collectors.toCollection(HashSet::new));
        untold.removeAll(origins.known().keySet());
        if (!untold.isEmpty()) { // redefined in place, of which JShell tells nobody
            declared.inForce()
                    .filter(snippet -> untold.contains(declared.wrapper(snippet)))
                    .forEach(snippet -> declared.origin(snippet, origins.known()));
        }
        Map<String, Program.Compiled> classes = new LinkedHashMap<>();
        staged.forEach((name, bytes) -> {
            boolean declaredHere = own.contains(CellClassName.outermost(name));
            classes.put(name, new Program.Compiled(bytes, origins.of(name), declaredHere));
        });
        return classes;
    }
}
