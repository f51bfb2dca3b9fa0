package threadbook.kernel.session;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.protocol.MimeBundle;

/// A session as a person at a front end uses it: cells one after the other, and a stop button.
final class Notebook implements AutoCloseable {
    private final JavaSession session = JavaSession.open();
    private final ExecutorService queue = Executors.newSingleThreadExecutor();
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    private final BlockingQueue<MimeBundle> displayed = new LinkedBlockingQueue<>();
    private int count;

    /// {@return how the cell ended}
    Evaluation run(String code) {
        return start(code).join();
    }

    /// {@return the text of the value; `REJECTED`, `THREW name` or `INTERRUPTED` where there is none}
    String ask(String code) {
        return words(run(code));
    }

    static String words(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Value(var bundle) -> String.valueOf(bundle.data().get("text/plain"));
            case Evaluation.Done() -> "";
            case Evaluation.Rejected(var _) -> "REJECTED";
            case Evaluation.Threw(var error) -> "THREW " + error.name();
            case Evaluation.Interrupted(var _) -> "INTERRUPTED";
        };
    }

    CompletableFuture<Evaluation> start(String code) {
        int number = ++count;
        return CompletableFuture.supplyAsync(() -> session.evaluate(new Cell(code, number, new Printed())), queue);
    }

    /// Starts a cell, and interrupts it as soon as it has printed something.
    CompletableFuture<Evaluation> interruptAfterPrint(String code) throws InterruptedException {
        printed.clear();
        CompletableFuture<Evaluation> running = start(code);
        printed.take();
        interrupt();
        return running;
    }

    /// Waits for something to be displayed.
    MimeBundle takeDisplayed() throws InterruptedException {
        return displayed.take();
    }

    /// {@return the number of the cell that was started last}
    int count() {
        return count;
    }

    void interrupt() {
        session.interrupt();
    }

    @Override
    public void close() {
        session.close();
        queue.shutdownNow();
    }

    private final class Printed implements CellOutput {
        @Override
        public void text(Stream stream, String text) {
            printed.add(text);
        }

        @Override
        public void display(MimeBundle bundle, Optional<String> id) {
            displayed.add(bundle);
        }

        @Override
        public void update(MimeBundle bundle, String id) {}

        @Override
        public void clear(boolean wait) {}

        @Override
        public String input(String prompt, boolean password) {
            return "";
        }
    }
}
