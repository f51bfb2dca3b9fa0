package threadbook.lab.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/// The threads of a trial, which run it over and over, beginning each run as nearly at once as a
/// machine can.
///
/// They go through all copies of the program in a row, which makes a round: at a barrier between two rounds
/// they spin until all are there; between two copies only for a moment, so that a thread which the system has
/// taken off its core does not hold up the others for long.
///
/// The first of them also sets up and reads the outcomes; what it writes the others see, and the other
/// way round, by `turn` and `arrived`.
final class Crew {
    private static final int SPINS = 2_000; // looks at the barrier before a thread gives its core away
    private static final int GLANCES = 300; // looks at where the others are before a thread goes on alone
    private static final int APART = 16; // elements between two counters, so that they share no line of a cache
    private static final int SKEW = 64; // turns of a loop by which a thread may begin later, so that all orders occur

    private final Trial trial;
    private final List<Trial> copies; // of it, at least one
    private final long runs;
    private final long deadline; // as System.nanoTime tells it
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>(); // of the first thread, until it has ended
    private final @Nullable Throwable[][] thrown; // by copy and thread; written before `arrived`, read after
    private final AtomicInteger arrived = new AtomicInteger(); // at the end of the current run
    private final AtomicIntegerArray busy; // by thread: 1 while it runs its body
    private final AtomicIntegerArray reached; // by thread, APART: number of the copy that it comes to now
    private volatile long turn; // number of the current round, from 1; negative when all is over
    private int several; // copies of the current round; written before `turn`, read after
    private volatile long done; // runs that were counted
    private volatile boolean over; // asked to end
    private volatile @Nullable Throwable failure; // of the set-up or the outcome

    /// @param copies    of one program, at least one
    /// @param runs      how many at most
    /// @param deadline  after which no further round begins, as System.nanoTime tells it
    Crew(List<Trial> copies, long runs, long deadline) {
        this.copies = List.copyOf(copies);
        trial = copies.getFirst();
        this.runs = runs;
        this.deadline = deadline;
        int size = trial.bodies().size();
        thrown = new Throwable[copies.size()][size];
        busy = new AtomicIntegerArray(size);
        reached = new AtomicIntegerArray(size * APART);
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
        long round = 0;
        long counted = 0;
        try {
            while (!over && counted < runs && System.nanoTime() - deadline < 0) {
                int size = (int) Math.min(copies.size(), runs - counted);
                for (int i = 0; i < size; i++) {
                    copies.get(i).setup().run();
                }
                arrived.set(0);
                several = size;
                turn = ++round;
                round(0, round, size);
                await(trial.bodies().size() - 1);
                for (int i = 0; i < size; i++) {
                    counts.merge(outcome(i), 1L, Long::sum);
                }
                counted += size;
                done = counted;
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
            round(index, now, several);
            arrived.incrementAndGet();
        }
    }

    /// Runs the body of one thread in each copy.
    private void round(int index, long round, int size) {
        busy.setOpaque(index, 1);
        boolean together = true;
        for (int i = 0; i < size; i++) {
            reached.setRelease(index * APART, (int) round * copies.size() + i); // wraps around
            together = together && meet((int) round * copies.size() + i);
            skew(index, round * copies.size() + i);
            try {
                copies.get(i).bodies().get(index).run();
            } catch (Exception | Error e) { // the boundary of the program's own code: an outcome
                thrown[i][index] = e;
            }
        }
        busy.setOpaque(index, 0);
    }

    /// {@return whether all threads have come to a copy}, for which it is waited a moment
    private boolean meet(int number) {
        for (int spins = 0; spins < GLANCES; spins++) {
            boolean all = true;
            for (int i = 0; i < trial.bodies().size(); i++) {
                all &= reached.getAcquire(i * APART) - number >= 0;
            }
            if (all) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
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

    private String outcome(int copy) throws Exception {
        @Nullable Throwable[] failures = thrown[copy];
        var words = new StringBuilder();
        for (int i = 0; i < failures.length; i++) {
            Throwable one = failures[i];
            if (one != null) {
                failures[i] = null;
                String message = one.getMessage() == null ? "" : ": " + one.getMessage();
                words.append(words.isEmpty() ? "" : "; ")
                        .append(trial.names().get(i))
                        .append(" threw ")
                        .append(one.getClass().getSimpleName())
                        .append(message);
            }
        }
        return words.isEmpty() ? String.valueOf(copies.get(copy).outcome().call()) : words.toString();
    }
}
