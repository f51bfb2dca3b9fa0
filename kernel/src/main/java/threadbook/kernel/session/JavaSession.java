package threadbook.kernel.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import threadbook.kernel.jvm.RedefineClasses;
import threadbook.kernel.magic.Magics;
import threadbook.kernel.output.KernelScreen;
import threadbook.kernel.output.ProgramStreams;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.thread.CellThreads;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.thread.Reserve;
import threadbook.kernel.thread.VirtualThreads;
import threadbook.runtime.Carrying;
import threadbook.runtime.Copying;
import threadbook.runtime.Exploring;
import threadbook.runtime.Handover;
import threadbook.runtime.Screen;
import threadbook.runtime.Sources;

/// Java 25 in cells: JShell compiles them, threads of their own run them in this process.
///
/// ```java
/// try (var session = JavaSession.open()) {
///     Evaluation two = session.evaluate(new Cell("1 + 1", 1, output));
/// }
/// ```
public final class JavaSession implements Session {
    /// How long a cell waits for its threads, so that what they print late is in a notebook that is run as a
    /// whole. Set where notebooks are run so, never for a person.
    private static final Duration LATE =
            "1".equals(System.getenv("THREADBOOK_WAIT_FOR_THREADS")) ? Duration.ofSeconds(2) : Duration.ZERO;

    private static final Pattern FREES = Pattern.compile("\\s*(\\w+)\\s*=\\s*null\\s*;?\\s*");

    private final CellLoader loader = new CellLoader(new SharedView(JavaSession.class.getClassLoader()));
    private final CellThreads<Cell> threads = new CellThreads<>(loader);
    private final Ladder ladder = Ladder.start();
    private final ValueRenderer values = new ValueRenderer();
    private final ErrorRenderer errors = new ErrorRenderer(loader::placed);
    private final Compiler compiler = Compiler.start(
            SharedView::visibleClassPath,
            Prelude.IMPORTS,
            () -> RedefineClasses.open().isPresent());
    private final CompileErrorRenderer compileErrors = new CompileErrorRenderer(compiler::names);
    private final Waits waits = new Waits(loader::variables, loader::woven, this::named, loader::placed);
    private final LiveThreads live = new LiveThreads(threads, ladder, waits, LATE);
    private final LockedCells locked = new LockedCells(loader, threads);
    private final Magics magics = new Magics(this::doors, live);
    private final Assistant assistant = new JavaAssistant(compiler.analysis(), compiler::names, magics.names());
    private final Optional<DeadlockWatch> deadlocks =
            DeadlockWatch.start(loader::variables, loader::woven, loader::placed, this::report);
    private final CellSources sources = new CellSources();
    private final ProgramStreams streams;
    private final Current current = new Current();

    private JavaSession() {
        streams = ProgramStreams.install(threads::current);
        Screen.install(new KernelScreen(threads::current, values));
        UncaughtExceptions.install(threads, errors);
        Exploring.install(new ExplorableCells(loader));
        Copying.install(new CopiedCells(loader));
        Carrying.install(new CarriedCells(loader));
        Handover.install(threads::owner);
        Sources.install(sources);
    }

    /// Opens a session; returns at once, while the compiler warms up on its own thread. From now on what
    /// threads of cells print goes to their cells.
    public static JavaSession open() {
        JavaSession session = new JavaSession();
        session.compiler.warmUp(Prelude.REHEARSAL);
        // Opening takes some tenths of a second, which neither the start nor the first redefinition is to wait for.
        session.compiler.whenIdle(() -> new KernelThread(RedefineClasses::open, "doors").start());
        new KernelThread(session::rehearse, "rehearsal").start();
        return session;
    }

    /// Goes once through the end of a cell that has filled the memory, see [CellRun#rehearse].
    private void rehearse() {
        Cell cell = new Cell("", 0, new NoOutput());
        CellRun run = new CellRun(cell, threads, values, errors, compiler::explained, waits);
        run.rehearse();
        Throwable full = new OutOfMemoryError("Java heap space");
        Reports.exhausted(errors.render(full), words(full, cell));
        for (Exhaustion other : Exhaustion.values()) {
            other.words(List.of("rehearsal"));
        }
        fault(full);
        Reserve.openWhereTight();
        Reserve.fill();
    }

    /// {@return help while typing; it knows what the cells that ran have declared}
    public Assistant assistant() {
        return assistant;
    }

    @Override
    public Turn turn() {
        return current.turn();
    }

    @Override
    public Evaluation evaluate(Cell cell) {
        CellRun run = new CellRun(cell, threads, values, errors, compiler::explained, waits);
        current.begins(run);
        try {
            streams.restore();
            sources.add(cell);
            Magics.Split split = Magics.split(cell.code());
            Optional<ErrorReport> failed = magics.run(split, cell.output());
            return failed.isPresent() ? new Evaluation.Threw(failed.get()) : evaluate(run, cell, split);
        } catch (RuntimeException | Error e) { // the boundary: a fault of ours must not end the queue of cells
            return fault(e);
        } finally {
            current.ends();
            run.close();
            locked.rest();
        }
    }

    private Evaluation fault(Throwable e) {
        try {
            if (Reserve.exhausted(e)) {
                Reserve.open();
            }
            return new Evaluation.Threw(errors.render(e));
        } catch (OutOfMemoryError again) {
            Reserve.open();
            return Reports.FULL;
        }
    }

    private Evaluation evaluate(CellRun run, Cell cell, Magics.Split split) {
        String java = split.java();
        Matcher frees = FREES.matcher(java);
        if (Reserve.opened() && frees.matches() && holdings().free(frees.group(1))) {
            return new Evaluation.Done(); // needs no compiler, for which there may be no room
        }
        return switch (compile(run, cell, java)) {
            case Compilation.Compiled(Program program) ->
                split.globalLock().isPresent()
                        ? runLocked(run, cell, program, split.globalLock().get())
                        : run(run, cell, program);
            case Compilation.Rejected(var problems) ->
                new Evaluation.Rejected(compileErrors.render(cell.code(), problems));
            case Compilation.Cancelled() ->
                new Evaluation.Interrupted(Reports.interrupted(List.of(), List.of(), false));
        };
    }

    private Compilation compile(CellRun run, Cell cell, String java) {
        Reserve.openWhereTight();
        try {
            return compiler.compile("cell " + cell.number(), java, run::interrupted);
        } catch (OutOfMemoryError e) { // variables, or threads that still run, have filled the memory meanwhile
            Reserve.open();
            return compiler.compile("cell " + cell.number(), java, run::interrupted);
        }
    }

    /// Runs it under the global lock, and says below what became of the lock.
    private Evaluation runLocked(CellRun run, Cell cell, Program program, Duration interval) {
        LockedCells.Count count;
        try {
            count = locked.begin(cell, interval);
        } catch (IllegalStateException e) {
            return new Evaluation.Threw(Reports.notWoven(e));
        }
        Evaluation evaluation = run(run, cell, program);
        cell.output().display(Notice.of(count.words()), Optional.empty());
        return evaluation;
    }

    private Evaluation run(CellRun run, Cell cell, Program program) {
        Installation classes = new Installation(loader, program, cell);
        LostValues lost = new LostValues(loader, program);
        if (!Reserve.fill()) {
            Reserve.open();
            return refused(cell, program, classes);
        }
        deadlocks.ifPresent(DeadlockWatch::cellBegins);
        Evaluation evaluation = run.run(program, classes);
        deadlocks.ifPresent(DeadlockWatch::cellEnds);
        live.awaitThoseOf(cell, run.thread(), run::interrupted);
        if (run.wasAbandoned()) {
            live.abandoned(cell);
            locked.abandoned(cell);
        } else if (!run.interrupted()) {
            live.nameThoseOf(cell, run.thread());
        }
        int failed = run.failedStep();
        boolean reverts = failed >= 0 && failed < program.steps().size();
        if (reverts) {
            compiler.revert(program, failed, classes.revert(failed));
        }
        lost.notice(!reverts).ifPresent(notice -> cell.output().display(notice, Optional.empty()));
        compiler.tidy();
        return explained(run, cell, evaluation);
    }

    /// Does not run a cell that could take the last memory, without which nothing could ever be freed.
    private Evaluation refused(Cell cell, Program program, Installation classes) {
        if (!program.steps().isEmpty()) {
            compiler.revert(program, 0, classes.revert(0));
        }
        List<String> words = words(new OutOfMemoryError("Java heap space"), cell);
        return new Evaluation.Threw(Reports.refused(words));
    }

    /// Adds in plain words what a cell has used up, and makes room for the next one.
    private Evaluation explained(CellRun run, Cell cell, Evaluation evaluation) {
        try {
            return run.exhausted().isPresent() && evaluation instanceof Evaluation.Threw(ErrorReport error)
                    ? new Evaluation.Threw(
                            Reports.exhausted(error, words(run.exhausted().get(), cell)))
                    : evaluation;
        } catch (OutOfMemoryError e) {
            Reserve.open();
            return evaluation;
        }
    }

    private Holdings holdings() {
        return new Holdings(loader.wrappers(), compiler.variableClasses());
    }

    private List<String> words(Throwable thrown, Cell cell) {
        Exhaustion exhaustion = Exhaustion.of(thrown);
        return exhaustion.words(
                switch (exhaustion) {
                    case HEAP -> holdings().report();
                    case THREADS -> live.makeRoom(cell);
                    case ARRAY, DIRECT, CLASSES, OTHER -> List.of();
                });
    }

    @Override
    public void interrupt() {
        CellRun run = current.interrupt();
        if (run != null) {
            try {
                run.interrupt();
            } finally { // it may have no memory for a look at the cell, which is probably the one that has taken it
                ladder.leave(run);
            }
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
                "new bodies for classes in use",
                RedefineClasses.open().isPresent()
                        ? "by RedefineClasses"
                        : "not possible: what is declared again is a new class",
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
