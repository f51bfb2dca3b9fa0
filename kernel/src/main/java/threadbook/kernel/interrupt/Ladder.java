package threadbook.kernel.interrupt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import threadbook.kernel.thread.KernelThread;

/// How a cell is left: rung after rung until all its threads have ended, or it is abandoned.
///
/// 1. [InterruptRung]: `Thread.interrupt` on each thread.
/// 2. [StopRung]: the stop sites; at once if a thread runs in a cell's code, else after a short grace.
///
/// A cell that has not ended a second after the request is abandoned. Its threads, and those that outlive
/// it otherwise, stay under the second rung: whenever one runs on, it stops. All of it happens on the
/// thread `interrupt`.
public final class Ladder implements AutoCloseable {
    private static final Duration GRACE = Duration.ofMillis(60);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration WATCH = Duration.ofMillis(100);

    private final LinkedBlockingQueue<Runnable> requests = new LinkedBlockingQueue<>();
    private final StopRung stops = new StopRung();
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
        requests.add(() -> begin(new Climb(run, now)));
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
        while (open) {
            try {
                Runnable request = requests.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
                if (request != null) {
                    request.run();
                }
                climbs.removeIf(this::over);
                stops.arm();
            } catch (InterruptedException e) {
                throw new IllegalStateException("a thread of the kernel cannot be interrupted", e);
            } catch (OutOfMemoryError e) {
                // A cell has filled the memory, and is probably the one to end: try again until it has gone.
                Thread.onSpinWait();
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
        if (climb.lasts(PATIENCE) && !climb.run.ended()) {
            climb.run.abandon(threads);
        }
        return false;
    }

    private record Climb(Interruption run, long since) {
        boolean lasts(Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }
    }
}
