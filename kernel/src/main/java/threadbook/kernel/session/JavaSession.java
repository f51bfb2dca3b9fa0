package threadbook.kernel.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.assist.Assistant;
import threadbook.kernel.assist.JavaAssistant;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.cell.Session;
import threadbook.kernel.deadlock.DeadlockWatch;
import threadbook.kernel.deadlock.Waits;
import threadbook.kernel.display.CompileErrorRenderer;
import threadbook.kernel.display.ErrorRenderer;
import threadbook.kernel.display.ValueRenderer;
import threadbook.kernel.interrupt.Ladder;
import threadbook.kernel.jshell.Compilation;
import threadbook.kernel.jshell.Compiler;
import threadbook.kernel.jshell.Program;
import threadbook.kernel.magic.Magics;
import threadbook.kernel.output.KernelScreen;
import threadbook.kernel.output.ProgramStreams;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.thread.CellThreads;
import threadbook.kernel.thread.VirtualThreads;
import threadbook.runtime.Screen;

/// Java 25 in cells: JShell compiles them, threads of their own run them in this process.
///
/// ```java
/// try (var session = JavaSession.open()) {
///     Evaluation two = session.evaluate(new Cell("1 + 1", 1, output));
/// }
/// ```
public final class JavaSession implements Session {
    /// The packages that a plain program uses, and the library. Not `import module java.base`, which a cell
    /// may of course write: javac would take in the fifty packages of that module for every snippet, which
    /// nearly doubles the time of a small cell.
    private static final List<String> IMPORTS = List.of(
            "import java.io.*;",
            "import java.lang.invoke.*;",
            "import java.math.*;",
            "import java.net.*;",
            "import java.nio.charset.*;",
            "import java.nio.file.*;",
            "import java.text.*;",
            "import java.time.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.concurrent.atomic.*;",
            "import java.util.concurrent.locks.*;",
            "import java.util.function.*;",
            "import java.util.prefs.Preferences;",
            "import java.util.regex.*;",
            "import java.util.stream.*;",
            "import static threadbook.lab.Lab.*;",
            "import tech.tablesaw.api.Table;");

    private static final List<String> WARM_UP = List.of(
            "int warm = 1;",
            "1 + 1",
            "Runnable warm = () -> IO.println(1); warm.run();",
            "int warm() { return 1; } warm()");

    private final CellLoader loader = new CellLoader(new SharedView(JavaSession.class.getClassLoader()));
    private final CellThreads<Cell> threads = new CellThreads<>(loader);
    private final Ladder ladder = Ladder.start();
    private final ValueRenderer values = new ValueRenderer();
    private final ErrorRenderer errors = new ErrorRenderer();
    private final Compiler compiler = Compiler.start(SharedView::visibleClassPath, IMPORTS);
    private final CompileErrorRenderer compileErrors = new CompileErrorRenderer(compiler::names);
    private final Magics magics = new Magics(this::doors);
    private final Assistant assistant = new JavaAssistant(compiler.analysis(), compiler::names, magics.names());
    private final Optional<DeadlockWatch> deadlocks =
            DeadlockWatch.start(loader::variables, loader::woven, this::report);
    private final Waits waits = new Waits(loader::variables, loader::woven, this::named);
    private final ProgramStreams streams;
    private volatile @Nullable CellRun running; // written by the queue's thread; null while no cell is busy

    private JavaSession() {
        streams = ProgramStreams.install(threads::current);
        Screen.install(new KernelScreen(threads::current, values));
        UncaughtExceptions.install(threads, errors);
    }

    /// Opens a session; returns at once, while the compiler warms up on its own thread. From now on what
    /// threads of cells print goes to their cells.
    public static JavaSession open() {
        JavaSession session = new JavaSession();
        session.compiler.warmUp(WARM_UP);
        return session;
    }

    /// {@return help while typing; it knows what the cells that ran have declared}
    public Assistant assistant() {
        return assistant;
    }

    @Override
    public Evaluation evaluate(Cell cell) {
        CellRun run = new CellRun(cell, threads, values, errors, compiler::explained, waits);
        running = run;
        try {
            streams.restore();
            Magics.Split split = Magics.split(cell.code());
            Optional<ErrorReport> failed = magics.run(split, cell.output());
            return failed.isPresent() ? new Evaluation.Threw(failed.get()) : evaluate(run, cell, split.java());
        } catch (RuntimeException | Error e) { // the boundary: a fault of ours must not end the queue of cells
            return new Evaluation.Threw(errors.render(e));
        } finally {
            running = null;
            run.close();
        }
    }

    private Evaluation evaluate(CellRun run, Cell cell, String java) {
        return switch (compiler.compile("cell " + cell.number(), java, run::interrupted)) {
            case Compilation.Compiled(Program program) -> run(run, cell, program);
            case Compilation.Rejected(var problems) ->
                new Evaluation.Rejected(compileErrors.render(cell.code(), problems));
            case Compilation.Cancelled() ->
                new Evaluation.Interrupted(Reports.interrupted(List.of(), List.of(), false));
        };
    }

    private Evaluation run(CellRun run, Cell cell, Program program) {
        loader.add(program.classes(), cell);
        deadlocks.ifPresent(DeadlockWatch::cellBegins);
        Evaluation evaluation = run.run(program, loader);
        deadlocks.ifPresent(DeadlockWatch::cellEnds);
        int failed = run.failedStep();
        if (failed >= 0 && failed < program.steps().size()) {
            loader.revert(program, program.classesBefore(failed));
            Map<String, byte[]> defined = loader.defined(program.classes().keySet());
            compiler.revert(program, failed, defined);
        }
        compiler.tidy();
        return evaluation;
    }

    @Override
    public void interrupt() {
        CellRun run = running;
        if (run != null) {
            run.interrupt();
            ladder.leave(run);
        }
    }

    /// Shows a deadlock under the cells whose threads are in it.
    private void report(Set<Thread> deadlocked, MimeBundle report) {
        deadlocked.stream()
                .flatMap(thread -> threads.of(thread).stream())
                .distinct()
                .forEach(cell -> cell.output().display(report, Optional.empty()));
    }

    private String named(Thread thread) {
        String name = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
        String own = (thread.isVirtual() ? "virtual thread \"%s\"" : "thread \"%s\"").formatted(name);
        return threads.of(thread)
                .map(cell -> "cell " + cell.number())
                .filter(cell -> !cell.equals(name)) // whose own thread has its name
                .map(cell -> own + " of " + cell)
                .orElse(own);
    }

    /// Which of the JDK's internal doors are open, for `%about`.
    private Map<String, String> doors() {
        return Map.of(
                "StopThread",
                Ladder.described(),
                "undo of rejected cells",
                compiler.undoing(),
                "threads of cells",
                CellThreads.described(),
                "deadlocks",
                deadlocks.isPresent() ? "seen by ThreadSnapshot while a cell runs" : "not seen",
                "virtual threads",
                VirtualThreads.available() ? "listed by ThreadContainers" : "not visible");
    }

    @Override
    public void close() {
        ladder.close();
        deadlocks.ifPresent(DeadlockWatch::close);
        compiler.close();
        loader.forget();
    }
}
