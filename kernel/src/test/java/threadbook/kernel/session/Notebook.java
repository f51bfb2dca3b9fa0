package threadbook.kernel.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean interruptsNextPrint = new AtomicBoolean();
    private int count;

    /// {@return how the cell ended}
    Evaluation run(String code) {
        // Bounded, because a join cannot be interrupted: a cell that is never left would stop all tests.
        return start(code).orTimeout(50, TimeUnit.SECONDS).join();
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

    /// Runs a cell whose interrupt came after its turn had begun and before it was evaluated.
    Evaluation runInterruptedBefore(String code) {
        int number = ++count;
        return CompletableFuture.supplyAsync(
                        () -> {
                            try (var _ = session.turn()) {
                                session.interrupt();
                                return session.evaluate(new Cell(code, number, new Printed()));
                            }
                        },
                        queue)
                .join();
    }

    /// Runs a cell that is interrupted by the thread that prints, when it first does.
    Evaluation runInterruptedWhilePrinting(String code) {
        interruptsNextPrint.set(true);
        return run(code);
    }

    /// Starts a cell, and interrupts it as soon as it has printed something.
    CompletableFuture<Evaluation> interruptAfterPrint(String code) throws InterruptedException {
        printed.clear();
        CompletableFuture<Evaluation> running = start(code);
        printed.take();
        interrupt();
        return running;
    }

    /// {@return what the cell printed}
    String printedBy(String code) {
        printed.clear();
        run(code);
        return String.join("", printed);
    }

    /// {@return what was displayed and not yet taken}
    List<String> displayed() {
        return displayed.stream()
                .map(bundle -> String.valueOf(bundle.data().get("text/plain")))
                .toList();
    }

    /// {@return what was displayed and not yet taken, and takes it}
    List<String> drainDisplayed() {
        List<String> all = displayed();
        displayed.clear();
        return all;
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

    /// Ends the threads of its cells too: to the next notebook in this JVM, whose classes have the same
    /// names, their stacks would look like those of its own.
    @Override
    public void close() {
        session.interrupt(); // a cell that a failed test has left busy
        int last = count;
        for (int number = 1; number <= last; number++) {
            run("%kill " + number);
        }
        session.close();
        queue.shutdownNow();
    }

    private final class Printed implements CellOutput {
        @Override
        public void text(Stream stream, String text) {
            printed.add(text);
            if (interruptsNextPrint.getAndSet(false)) {
                session.interrupt();
            }
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
