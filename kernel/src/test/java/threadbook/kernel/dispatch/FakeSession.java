package threadbook.kernel.dispatch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.cell.Session;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.MimeBundle;

/// A language in which each cell does what a test has said; a cell of which nothing was said is done.
public final class FakeSession implements Session {
    /// What one cell does.
    public interface Behaviour {
        Evaluation run(Cell cell) throws InterruptedException;
    }

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean interruptedInTurn; // set by the thread that interrupts
    private final CountDownLatch interrupted = new CountDownLatch(1);

    public FakeSession on(String code, Behaviour behaviour) {
        behaviours.put(code, behaviour);
        return this;
    }

    /// A cell that runs until it is interrupted.
    public FakeSession runsForEver(String code, CountDownLatch started) {
        return on(code, _ -> {
            started.countDown();
            interrupted.await();
            return new Evaluation.Interrupted(error("Interrupted"));
        });
    }

    public FakeSession fails(String code) {
        return on(code, _ -> new Evaluation.Threw(error("Boom")));
    }

    public static Evaluation value(String text) {
        return new Evaluation.Value(MimeBundle.text(text));
    }

    public static ErrorReport error(String name) {
        return new ErrorReport(name, "it happened", List.of(name + ": it happened"));
    }

    /// Has no memory for the next turn.
    void fullAtNextTurn() {
        full.set(true);
    }

    @Override
    public Turn turn() {
        if (full.getAndSet(false)) {
            throw new OutOfMemoryError("as a cell that fills the memory causes it anywhere");
        }
        turns.incrementAndGet();
        return turns::decrementAndGet;
    }

    /// {@return whether the last interrupt came in the turn of a request}
    boolean interruptedInTurn() {
        return interruptedInTurn;
    }

    @Override
    public Evaluation evaluate(Cell cell) {
        try {
            return behaviours
                    .getOrDefault(cell.code(), _ -> new Evaluation.Done())
                    .run(cell);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the queue's thread", e);
        }
    }

    @Override
    public void interrupt() {
        interruptedInTurn = turns.get() == 1;
        interrupted.countDown();
    }

    @Override
    public void close() {}
}
