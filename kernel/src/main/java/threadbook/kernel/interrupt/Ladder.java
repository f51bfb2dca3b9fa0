package threadbook.kernel.interrupt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.thread.Reserve;

/// How a cell is left: rung after rung until all its threads have ended, or it is abandoned.
///
/// 1. [InterruptRung]: `Thread.interrupt` on each thread.
/// 2. [StopRung]: the stop sites; at once if a thread runs in a cell's code, else after a short grace.
/// 3. [StopThreadRung]: an exception thrown inside the JDK, in what the others could not move; repeated
///    for some seconds.
///
/// A cell that has not ended within a second of the request is abandoned. Its threads, and those that outlive
/// it otherwise, stay under the second rung: whenever one runs on, it stops. All of it happens on the
/// thread `interrupt`.
public final class Ladder implements AutoCloseable {
    private static final Duration GRACE = Duration.ofMillis(60);
    private static final Duration LONG_GRACE = Duration.ofMillis(310);
    private static final Duration PATIENCE = Duration.ofMillis(850);
    private static final Duration EFFECT = Duration.ofMillis(200); // what a struck thread has to come home
    private static final Duration STRIKE_EVERY = Duration.ofMillis(100);
    private static final Duration STRIKE_FOR = Duration.ofSeconds(6);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration WATCH = Duration.ofMillis(100);

    private final LinkedBlockingQueue<Runnable> requests = new LinkedBlockingQueue<>();
    private final StopRung stops = new StopRung();
    private @Nullable StopThreadRung strikes; // used by the thread alone; opening the door takes long
    private final List<Climb> climbs = new ArrayList<>(); // used by the thread alone
    private boolean open; // used by the thread alone, once it has started
    private final KernelThread thread = new KernelThread(this::run, "interrupt");

    private Ladder() {}

    /// A ladder whose thread has started.
    public static Ladder start() {
        Ladder ladder = new Ladder();
        ladder.open = true;
        ladder.thread.start();
        return ladder;
    }

    /// Begins to end a run; returns at once. Asking twice interrupts its threads once more.
    public void leave(Interruption run) {
        long now = System.nanoTime();
        while (true) {
            try {
                requests.add(() -> begin(new Climb(run, now)));
                return;
            } catch (OutOfMemoryError e) { // it may be this run that has taken it all
                awaitMemory();
            }
        }
    }

    private static void awaitMemory() {
        Reserve.open();
        LockSupport.parkNanos(LOOK.toNanos());
    }

    /// Frees the stop sites and ends; threads that were to stop go on.
    @Override
    public void close() {
        requests.add(() -> {
            open = false;
            climbs.forEach(climb -> stops.remove(climb.run));
            climbs.clear();
        });
    }

    private void run() {
        StopRung.rehearse();
        Reserve.fill();
        Runnable request = null;
        while (open) {
            try {
                if (request == null) {
                    request = requests.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
                }
                if (request != null) {
                    request.run();
                    request = null;
                }
                climbs.removeIf(this::over);
                stops.arm();
            } catch (InterruptedException e) {
                throw new IllegalStateException("a thread of the kernel cannot be interrupted", e);
            } catch (RuntimeException | Error e) {
                if (!Reserve.exhausted(e)) {
                    throw e;
                }
                awaitMemory(); // a cell has filled it, and is probably the one to end: try again until it has gone
            }
        }
    }

    private Duration pause() {
        if (climbs.isEmpty()) {
            return Duration.ofDays(1);
        }
        return climbs.stream().allMatch(climb -> climb.run.ended()) ? WATCH : LOOK;
    }

    private void begin(Climb climb) {
        List<Thread> threads = climb.run.threads();
        InterruptRung.take(threads);
        if (StopRung.runsInCell(threads)) {
            stops.add(climb.run);
        }
        climbs.removeIf(other -> other.run.equals(climb.run));
        climbs.add(climb);
    }

    /// Takes the next rung if its time has come.
    ///
    /// @return whether nothing is left of the run
    private boolean over(Climb climb) {
        List<Thread> threads = climb.run.threads();
        if (threads.isEmpty() && climb.run.ended()) {
            stops.remove(climb.run);
            return true;
        }
        if (climb.lasts(GRACE)) {
            stops.add(climb.run);
            if (!climb.run.ended()) {
                InterruptRung.take(threads); // again: a loop around a sleep may have swallowed the first one
            }
        }
        if (climb.lasts(LONG_GRACE) && !climb.lasts(STRIKE_FOR) && climb.strikesNow()) {
            strike(climb, threads);
        }
        if (climb.lasts(PATIENCE) && climb.unmoved() && !climb.run.ended()) {
            climb.run.abandon(climb.run.threads());
        }
        return false;
    }

    private void strike(Climb climb, List<Thread> threads) {
        if (strikes == null) {
            strikes = new StopThreadRung();
        }
        climb.struck(strikes.take(threads, climb.run::struck));
    }

    /// {@return whether exceptions can be thrown in other threads here, in words}; slow when first asked
    public static String described() {
        return StopThreadRung.described();
    }

    /// One run on its way up; used by the ladder's thread alone.
    private static final class Climb {
        private final Interruption run;
        private final long since;
        private long firstStrike;
        private long lastStrike;
        private boolean struck;

        Climb(Interruption run, long since) {
            this.run = run;
            this.since = since;
            lastStrike = since;
        }

        boolean lasts(Duration time) {
            return passed(since, time);
        }

        boolean strikesNow() {
            return passed(lastStrike, STRIKE_EVERY);
        }

        void struck(int threads) {
            lastStrike = System.nanoTime();
            if (threads > 0 && !struck) {
                struck = true;
                firstStrike = lastStrike;
            }
        }

        /// {@return whether exceptions were thrown in vain, or in no thread}
        boolean unmoved() {
            return !struck || passed(firstStrike, EFFECT);
        }

        private static boolean passed(long since, Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }
    }
}
