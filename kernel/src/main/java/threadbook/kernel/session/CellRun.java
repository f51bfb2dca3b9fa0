package threadbook.kernel.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
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
import threadbook.kernel.thread.Reserve;

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
    private volatile boolean abandoned; // set by the ladder's thread
    private volatile @Nullable Throwable exhausted; // written by the cell's thread, or the waiting one
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
    Evaluation run(Program program, Installation classes) {
        Thread own = new Thread(() -> finish(ending(program, classes)), "cell " + cell.number());
        own.setDaemon(true);
        own.setContextClassLoader(classes.loader());
        thread = own;
        try {
            own.start();
        } catch (OutOfMemoryError e) { // there are too many threads
            return threw(e);
        }
        while (true) {
            Evaluation ended = evaluation();
            if (ended != null) {
                return ended;
            }
            if (!own.isAlive()) {
                finish(Reports.DIED);
            } else {
                LockSupport.parkNanos(this, LOOK);
            }
        }
    }

    /// {@return the step that did not complete, or -1 if all did}
    synchronized int failedStep() {
        return completed ? -1 : step;
    }

    private Evaluation ending(Program program, Installation classes) {
        try {
            return outcome(program, classes);
        } catch (Throwable e) { // the boundary: whatever user code throws is reported
            return interrupted ? stopped() : threw(e);
        }
    }

    /// Goes once through all that follows an OutOfMemoryError. What the JVM resolves at first use, it
    /// could not when the memory is full.
    void rehearse() {
        threw(new OutOfMemoryError("rehearsal"));
        finish(Reports.FULL);
        evaluation();
        exhausted = null;
        LockSupport.parkNanos(this, 1);
    }

    /// What comes of an exception. Where memory is short it allocates nothing before the reserve is open,
    /// and ends in a report that was made at the start.
    private Evaluation threw(Throwable thrown) {
        try {
            if (Reserve.exhausted(thrown)) {
                Reserve.open();
                exhausted = thrown;
            }
            Evaluation told = new Evaluation.Threw(errors.render(explained.apply(thrown)));
            return interrupted ? stopped() : told;
        } catch (Throwable again) { // the boundary: not even the error could be told
            Reserve.open();
            if (interrupted && !Reserve.exhausted(again)) {
                return stopped(); // in a message of the user's that took for ever
            }
            exhausted = again;
            return Reports.FULL;
        }
    }

    private Evaluation outcome(Program program, Installation classes) throws Throwable {
        members.enter(cell);
        Object value = null;
        for (String className : program.steps()) {
            if (interrupted) {
                return stopped();
            }
            classes.reach(step);
            value = call(className, classes.loader());
            step++;
        }
        classes.reach(step);
        synchronized (this) {
            completed = true;
        }
        Reserve.openWhereTight(); // what the cell keeps is no reason to fail what follows
        Evaluation done = program.shows() ? new Evaluation.Value(values.render(value)) : new Evaluation.Done();
        return interrupted ? stopped() : done;
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

    /// {@return whether it was left while its threads live}
    boolean wasAbandoned() {
        return abandoned;
    }

    /// {@return the error of which it ended, if that says that memory or threads are used up}
    Optional<Throwable> exhausted() {
        return Optional.ofNullable(exhausted);
    }

    /// {@return the thread that runs or ran it, null before}
    @Nullable
    Thread thread() {
        return thread;
    }

    boolean interrupted() {
        return interrupted;
    }

    /// Notes the request; what is not yet running will not begin.
    void interrupt() {
        Thread own = thread;
        try {
            if (own != null && !interrupted) {
                whereInterrupted = waits.stack(own);
                whenInterrupted = waits.look(threads());
            }
        } catch (RuntimeException | Error e) {
            if (!Reserve.exhausted(e)) { // without memory nobody looks, and it is interrupted all the same
                throw e;
            }
            Reserve.open();
        } finally {
            interrupted = true;
        }
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
        abandoned = true;
        finish(new Evaluation.Interrupted(Reports.abandoned(stuck.size(), doing)));
    }
}
