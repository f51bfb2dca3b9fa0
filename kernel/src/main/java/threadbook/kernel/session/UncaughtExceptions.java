package threadbook.kernel.session;

import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.CellOutput.Stream;
import threadbook.kernel.display.ErrorRenderer;
import threadbook.kernel.thread.CellThreads;
import threadbook.runtime.CellStopped;

/// Shows what ended a thread of a cell, under the cell that started the thread.
///
/// On stderr and not as an error: the cell may have ended well long ago. A thread that was stopped with
/// its cell has nothing to say.
final class UncaughtExceptions implements Thread.UncaughtExceptionHandler {
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
        String text = "Thread \"%s\" ended with an exception:%n%s%n"
                .formatted(
                        thread.getName(),
                        String.join("\n", errors.render(exception).traceback()));
        threads.current()
                .map(Cell::output)
                .ifPresentOrElse(output -> output.text(Stream.STDERR, text), () -> System.err.print(text));
    }

    /// Struck while the JDK links a call site, it arrives as the cause of another error.
    private static boolean stopped(Throwable exception) {
        return exception instanceof CellStopped || exception.getCause() instanceof CellStopped;
    }
}
