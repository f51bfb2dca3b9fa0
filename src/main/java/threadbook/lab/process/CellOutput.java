package threadbook.lab.process;

import java.util.concurrent.ConcurrentLinkedQueue;
import threadbook.runtime.Handover;
import threadbook.runtime.Screen;

/// The cell that started something, as the place where its text appears. Any thread may use it.
final class CellOutput {
    // In the order in which it came; taken by whoever prints, under the monitor of this.
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Runnable print = Handover.owned(this::printAll);

    private CellOutput() {}

    /// {@return the place of the calling thread}
    static CellOutput ofCurrentThread() {
        return new CellOutput();
    }

    /// Prints text there.
    ///
    /// @param error  on standard error
    void text(boolean error, byte[] text) {
        run(() -> (error ? System.err : System.out).write(text, 0, text.length));
    }

    /// Shows a value there.
    void show(Object value) {
        run(() -> Screen.current().display(value));
    }

    /// Does something there.
    void run(Runnable action) {
        waiting.add(action);
        print.run();
    }

    private synchronized void printAll() {
        for (Runnable each = waiting.poll(); each != null; each = waiting.poll()) {
            each.run();
        }
        System.out.flush();
        System.err.flush();
    }
}
