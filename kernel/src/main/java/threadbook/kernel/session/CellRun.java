package threadbook.kernel.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.deadlock.Waits;
import threadbook.kernel.display.ErrorRenderer;
import threadbook.kernel.display.ValueRenderer;
import threadbook.kernel.interrupt.Interruption;
import threadbook.kernel.jshell.Program;
import threadbook.kernel.thread.CellThreads;

/// One cell while it is compiled, run and rendered; interrupted or abandoned as a whole.
///
/// The thread of the queue makes it and waits for it, the cell's own thread runs it, the ladder's thread
/// interrupts it. How it ends is decided once, by whoever comes first.
final class CellRun implements Interruption {
    private static final long LOOK = 50_000_000L; // ns, after which a thread that died without a word is seen

    private final Cell cell;
    private final CellThreads<Cell> members;
    private final ValueRenderer values;
    private final ErrorRenderer errors;
    private final UnaryOperator<Throwable> explained;
    private final Waits waits;
    private final Thread waiting = Thread.currentThread();

    private volatile boolean interrupted; // set by the thread that interrupts
    private volatile int step; // written by the cell's thread
    private volatile @Nullable Thread thread; // written by the waiting thread
    private volatile boolean struck; // set by the ladder's thread
    private volatile List<StackTraceElement> whereInterrupted = List.of();
    private volatile Waits.@Nullable Look whenInterrupted; // both written by the thread that interrupts
    private @Nullable Evaluation evaluation; // guarded by this
    private boolean completed; // guarded by this: all steps are done, only rendering may be missing

    /// @param explained  what to show for an exception
    CellRun(
            Cell cell,
            CellThreads<Cell> members,
            ValueRenderer values,
            ErrorRenderer errors,
            UnaryOperator<Throwable> explained,
            Waits waits) {
        this.cell = cell;
        this.members = members;
        this.values = values;
        this.errors = errors;
        this.explained = explained;
        this.waits = waits;
    }

    /// Runs the program on a thread of its own and waits until it has ended or was abandoned.
    Evaluation run(Program program, ClassLoader loader) {
        Thread own = new Thread(() -> finish(outcome(program, loader)), "cell " + cell.number());
        own.setDaemon(true);
        own.setContextClassLoader(loader);
        thread = own;
        own.start();
        while (true) {
            Evaluation ended = evaluation();
            if (ended != null) {
                return ended;
            }
            if (!own.isAlive()) {
                finish(interrupted ? stopped() : new Evaluation.Threw(Reports.died()));
            } else {
                LockSupport.parkNanos(this, LOOK);
            }
        }
    }

    /// {@return the step that did not complete, or -1 if all did}
    synchronized int failedStep() {
        return completed ? -1 : step;
    }

    private Evaluation outcome(Program program, ClassLoader loader) {
        members.enter(cell);
        try {
            Object value = null;
            for (String className : program.steps()) {
                if (interrupted) {
                    return stopped();
                }
                value = call(className, loader);
                step++;
            }
            synchronized (this) {
                completed = true;
            }
            Evaluation done = program.shows() ? new Evaluation.Value(values.render(value)) : new Evaluation.Done();
            return interrupted ? stopped() : done;
        } catch (Throwable e) { // the boundary: whatever user code throws is reported
            return interrupted ? stopped() : new Evaluation.Threw(errors.render(explained.apply(e)));
        }
    }

    private Evaluation stopped() {
        Waits.Look look = whenInterrupted;
        List<String> doing = look == null ? List.of() : look.lines();
        return new Evaluation.Interrupted(Reports.interrupted(whereInterrupted, doing, struck));
    }

    private static @Nullable Object call(String className, ClassLoader loader) throws Throwable {
        Method method = loader.loadClass(className).getDeclaredMethod("do_it$");
        method.setAccessible(true);
        try {
            return method.invoke(null);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private synchronized @Nullable Evaluation evaluation() {
        return evaluation;
    }

    private void finish(Evaluation how) {
        synchronized (this) {
            if (evaluation == null) {
                evaluation = how;
            }
        }
        LockSupport.unpark(waiting);
    }

    /// Nothing more will come of this run, whatever the ladder is still about.
    void close() {
        finish(new Evaluation.Done());
    }

    boolean interrupted() {
        return interrupted;
    }

    /// Notes the request; what is not yet running will not begin.
    void interrupt() {
        Thread own = thread;
        if (own != null && !interrupted) {
            whereInterrupted = List.of(own.getStackTrace());
            whenInterrupted = waits.look(threads());
        }
        interrupted = true;
    }

    @Override
    public List<Thread> threads() {
        return members.of(cell);
    }

    @Override
    public boolean ownsCurrentThread() {
        return members.current().filter(current -> current == cell).isPresent();
    }

    @Override
    public boolean ended() {
        return evaluation() != null;
    }

    @Override
    public void struck() {
        struck = true;
    }

    @Override
    public void abandon(List<Thread> stuck) {
        List<String> doing = waits.look(stuck).lines();
        finish(new Evaluation.Interrupted(Reports.abandoned(stuck.size(), doing)));
    }
}
