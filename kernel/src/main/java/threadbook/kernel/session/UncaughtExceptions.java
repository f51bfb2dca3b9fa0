package threadbook.kernel.session;

import java.util.Optional;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.CellOutput.Stream;
import threadbook.kernel.display.ErrorRenderer;
import threadbook.kernel.thread.CellThreads;
import threadbook.kernel.thread.Reserve;
import threadbook.runtime.CellStopped;

/// Shows what ended a thread of a cell, under the cell that started the thread.
///
/// On stderr and not as an error: the cell may have ended well long ago. A thread that was stopped with
/// its cell has nothing to say.
final class UncaughtExceptions implements Thread.UncaughtExceptionHandler {
    private static final OutOfMemoryError FULL = new OutOfMemoryError("the memory is full");

    private final CellThreads<Cell> threads;
    private final ErrorRenderer errors;

    private UncaughtExceptions(CellThreads<Cell> threads, ErrorRenderer errors) {
        this.threads = threads;
        this.errors = errors;
    }

    static void install(CellThreads<Cell> threads, ErrorRenderer errors) {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptions(threads, errors));
    }

    /// Called by the thread that ends.
    @Override
    public void uncaughtException(Thread thread, Throwable exception) {
        if (stopped(exception)) {
            return;
        }
        try {
            if (Reserve.exhausted(exception)) {
                Reserve.open();
            }
            show(thread, exception);
        } catch (OutOfMemoryError _) {
            Reserve.open();
            show(thread, FULL);
        }
    }

    private void show(Thread thread, Throwable exception) {
        String name = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
        String text = "Thread \"%s\" ended with an exception:%n%s%n"
                .formatted(name, String.join("\n", errors.render(exception).traceback()));
        cell(exception)
                .map(Cell::output)
                .ifPresentOrElse(output -> output.text(Stream.STDERR, text), () -> System.err.print(text));
    }

    private Optional<Cell> cell(Throwable exception) {
        try {
            return threads.ofUncaught(exception);
        } catch (RuntimeException | Error _) { // the program's own getStackTrace()
            return threads.current();
        }
    }

    /// Struck while the JDK links a call site, it arrives as the cause of another error.
    private static boolean stopped(Throwable exception) {
        return exception instanceof CellStopped || exception.getCause() instanceof CellStopped;
    }
}
