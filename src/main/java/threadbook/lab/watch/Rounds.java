package threadbook.lab.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import threadbook.lab.observe.Trial;
import threadbook.lab.thread.Body;

/// A program that is run again and again on threads of its own, until its time is over or a thread throws.
final class Rounds implements Body {
    private static final long serialVersionUID = 1;

    private final transient Trial trial;
    private final transient Ledger ledger;
    private final long deadline; // as System.nanoTime tells it
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>(); // by the first that throws

    Rounds(Trial trial, Ledger ledger, long deadline) {
        this.trial = trial;
        this.ledger = ledger;
        this.deadline = deadline;
    }

    /// {@return how many runs have begun}
    int begun() {
        return begun.get();
    }

    /// One thread calls it, once.
    @Override
    public void run() throws Exception {
        while (System.nanoTime() - deadline < 0) {
            ledger.begin();
            begun.incrementAndGet();
            trial.setup().run();
            for (Thread thread : started()) {
                thread.join();
            }
            switch (thrown.get()) {
                case null -> {}
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    private List<Thread> started() {
        var gate = new CyclicBarrier(trial.bodies().size());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < trial.bodies().size(); i++) {
            Body body = trial.bodies().get(i);
            threads.add(Thread.ofPlatform().daemon().name(trial.names().get(i)).start(() -> {
                try {
                    gate.await();
                    body.run();
                } catch (Throwable e) { // the boundary of the program's own code: run() passes it on
                    thrown.compareAndSet(null, e);
                }
            }));
        }
        return threads;
    }
}
