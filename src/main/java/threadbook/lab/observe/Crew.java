package threadbook.lab.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import threadbook.lab.thread.Body;

/// The threads of a trial, which run it over and over, beginning each run as nearly at once as a
/// machine can: they spin at a barrier.
///
/// The first of them also sets up and reads the outcome; what it writes the others see, and the other
/// way round, by `turn` and `arrived`.
final class Crew {
    private static final int SPINS = 2_000; // looks at the barrier before a thread gives its core away
    private static final int SKEW = 64; // turns of a loop by which a thread may begin later, so that all orders occur

    private final Trial trial;
    private final long runs;
    private final long deadline; // as System.nanoTime tells it
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>(); // of the first thread, until it has ended
    private final @Nullable Throwable[] thrown; // by thread; written before `arrived`, read after
    private final AtomicInteger arrived = new AtomicInteger(); // at the end of the current run
    private final AtomicIntegerArray busy; // by thread: 1 while it runs its body
    private volatile long turn; // number of the current run, from 1; negative when all is over
    private volatile long done; // runs that were counted
    private volatile boolean over; // asked to end
    private volatile @Nullable Throwable failure; // of the set-up or the outcome

    /// @param runs   how many at most
    /// @param nanos  after so long no further run begins
    Crew(Trial trial, long runs, long nanos) {
        this.trial = trial;
        this.runs = runs;
        deadline = System.nanoTime() + nanos;
        thrown = new Throwable[trial.bodies().size()];
        busy = new AtomicIntegerArray(trial.bodies().size());
    }

    void start() {
        for (int i = 0; i < trial.bodies().size(); i++) {
            int index = i;
            Runnable work = i == 0 ? this::lead : () -> follow(index);
            threads.add(Thread.ofPlatform().daemon().name(trial.names().get(i)).unstarted(work));
        }
        threads.forEach(Thread::start);
    }

    /// {@return the threads}
    List<Thread> threads() {
        return threads;
    }

    /// {@return how many runs have been counted}
    long done() {
        return done;
    }

    /// {@return whether the run cannot end: every thread that is not through with its body waits, and for
    /// no limited time}
    boolean stuck() {
        boolean any = false;
        for (int i = 0; i < threads.size(); i++) {
            if (busy.getOpaque(i) == 1) {
                Thread.State state = threads.get(i).getState();
                if (state != Thread.State.BLOCKED && state != Thread.State.WAITING) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /// Begins no further run.
    void stop() {
        over = true;
    }

    /// {@return how often what came out}; complete only after the first thread has ended
    Map<String, Long> counts() {
        return counts;
    }

    /// {@return what the set-up or the reading of the outcome has thrown}
    @Nullable
    Throwable failure() {
        return failure;
    }

    private void lead() {
        long run = 0;
        try {
            while (!over && run < runs && System.nanoTime() - deadline < 0) {
                trial.setup().run();
                arrived.set(0);
                turn = ++run;
                body(0, run);
                await(trial.bodies().size() - 1);
                counts.merge(outcome(), 1L, Long::sum);
                done = run;
            }
        } catch (Exception | Error e) { // the boundary of the program's own code: shown to whoever asked
            failure = e;
        } finally {
            turn = -1;
        }
    }

    private void follow(int index) {
        long seen = 0;
        while (true) {
            long now = turn;
            for (int spins = 0; now == seen; now = turn) {
                spins = pause(spins);
            }
            if (now < 0) {
                return;
            }
            seen = now;
            body(index, now);
            arrived.incrementAndGet();
        }
    }

    private void body(int index, long run) {
        Body body = trial.bodies().get(index);
        busy.setOpaque(index, 1);
        skew(index, run);
        try {
            body.run();
        } catch (Exception | Error e) { // the boundary of the program's own code: an outcome
            thrown[index] = e;
        } finally {
            busy.setOpaque(index, 0);
        }
    }

    /// Lets the threads begin in changing order: which of them leaves the barrier first is always the same.
    private static void skew(int index, long run) {
        long turns = (run * 0x9E3779B97F4A7C15L >>> (40 + index * 5)) % SKEW;
        for (long i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    private void await(int others) {
        for (int spins = 0; arrived.get() < others; ) {
            spins = pause(spins);
        }
    }

    private static int pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
            return spins + 1;
        }
        Thread.yield();
        return spins;
    }

    private String outcome() throws Exception {
        var words = new StringBuilder();
        for (int i = 0; i < thrown.length; i++) {
            Throwable one = thrown[i];
            if (one != null) {
                thrown[i] = null;
                String message = one.getMessage() == null ? "" : ": " + one.getMessage();
                words.append(words.isEmpty() ? "" : "; ")
                        .append(trial.names().get(i))
                        .append(" threw ")
                        .append(one.getClass().getSimpleName())
                        .append(message);
            }
        }
        return words.isEmpty() ? String.valueOf(trial.outcome().call()) : words.toString();
    }
}
