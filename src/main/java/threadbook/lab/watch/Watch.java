package threadbook.lab.watch;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.Laboratory;
import threadbook.lab.explore.LockOrder;
import threadbook.lab.explore.WaitForGraph;
import threadbook.lab.observe.Trial;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;

/// Lets a program run on real threads and looks every few milliseconds whether some wait for each other in
/// a ring.
///
/// When it has seen one twice, or the time is over, the program's threads are asked to leave: those that
/// were begun meanwhile and those of the ring. A thread that waits for a monitor cannot leave.
public final class Watch {
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int SETTLED = 3; // looks in a row after which nothing is expected to change
    private static final Duration GRACE = Duration.ofMillis(300); // in which threads leave

    private final Ledger ledger = new Ledger();
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>(); // by the body
    private final long begun = System.nanoTime();
    private final Duration limit;
    private final ClassLoader program;

    private Watch(Duration limit, ClassLoader program) {
        this.limit = limit;
        this.program = program;
    }

    /// {@return what became of one run of the body}
    ///
    /// @param limit  positive
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public static Caught of(Duration limit, Body body) {
        var watch = new Watch(limit, loader(body));
        return watch.listening(body, () -> 1);
    }

    /// {@return what became of the last of many runs}: the program is run again until a run deadlocks or the
    /// time is over
    ///
    /// @param limit  positive
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public static Caught of(Duration limit, Trial trial) {
        var watch = new Watch(limit.plus(GRACE), loader(trial.bodies().getFirst())); // so that the last run can end
        var rounds = new Rounds(trial, watch.ledger, watch.begun + limit.toNanos());
        return watch.listening(rounds, rounds::begun);
    }

    private static ClassLoader loader(Body body) {
        ClassLoader loader = body.getClass().getClassLoader();
        return loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    }

    private Caught listening(Body body, IntSupplier runs) {
        return BodyFailedException.unchecked(() -> Laboratory.listening(ledger, program, () -> run(body, runs)));
    }

    private Caught run(Body body, IntSupplier runs) throws Exception {
        Thread first = Thread.ofPlatform().daemon().name("watched").unstarted(() -> {
            try {
                body.run();
            } catch (Throwable e) { // the boundary of the program's own code: passed on below
                thrown.set(e);
            }
        });
        first.start();
        Set<Thread> ring = Set.of();
        try {
            Seen seen = await(first);
            if (seen.ending == Caught.Ending.DEADLOCK) {
                ring = seen.look.stuck().keySet();
            } else if (seen.ending == Caught.Ending.ENDED) {
                throwFailure();
            }
            var order = LockOrder.ofRun(seen.told.edges(), seen.ending == Caught.Ending.DEADLOCK);
            var time = Duration.ofNanos(System.nanoTime() - begun);
            var left = leave(first, ring).stream().map(seen.told::name).toList();
            return new Caught(seen.ending, seen.graph, order, runs.getAsInt(), time, left);
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("watch");
        } finally {
            leave(first, ring);
        }
    }

    private record Seen(Caught.Ending ending, Look look, WaitForGraph graph, Told told) {}

    /// Looks until it has seen a ring twice, or the program has ended, or the time is over.
    private Seen await(Thread first) throws InterruptedException {
        long deadline = begun + limit.toNanos();
        Look last = Look.at(ledger);
        Look told = last;
        int quiet = 0; // looks in a row that have seen nobody at work
        while (true) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            Look look = Look.at(ledger);
            boolean stands = look.sameAs(last);
            if (stands && !look.sameAs(told)) {
                told = look;
                Seen seen = seen(Caught.Ending.DEADLOCK, look);
                if (!seen.graph.ring().isEmpty()) {
                    return seen;
                }
            }
            quiet = first.isAlive() || !atWork().isEmpty() ? 0 : quiet + 1;
            if (quiet == SETTLED) {
                return seen(Caught.Ending.ENDED, look);
            }
            if (System.nanoTime() - deadline >= 0) {
                boolean all = stands && look.stuck().keySet().containsAll(atWork());
                return seen(all && !look.stuck().isEmpty() ? Caught.Ending.STUCK : Caught.Ending.RUNNING, look);
            }
            last = look;
        }
    }

    private Seen seen(Caught.Ending ending, Look look) {
        var told = new Told(ledger, program);
        return new Seen(ending, look, new WaitForGraph(told.waits(look)), told);
    }

    /// {@return the threads that are doing something of their own}: not idle in a pool, and not waiting in this
    /// library for threads of theirs
    private List<Thread> atWork() {
        return ledger.doings().stream()
                .filter(doing -> doing.thread.isAlive() && !awaitsOthers(doing))
                .map(doing -> doing.thread)
                .toList();
    }

    private static boolean awaitsOthers(Doing doing) {
        Doing.Call call = doing.call();
        return doing.thread.getState() == Thread.State.WAITING && (call == null || Look.isOurs(call));
    }

    /// Asks the threads to leave and waits a moment for them; also for a caller who is interrupted.
    ///
    /// @return those that are still there
    private List<Thread> leave(Thread first, Set<Thread> ring) {
        ledger.leave(ring, first.threadId());
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + GRACE.toNanos();
        List<Thread> left = left(first);
        for (int held = 0; !left.isEmpty() && held < SETTLED && System.nanoTime() - deadline < 0; ) {
            left.forEach(Thread::interrupt);
            LockSupport.parkNanos(PAUSE.toNanos());
            left = left(first);
            held = left.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED) ? held + 1 : 0;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    private List<Thread> left(Thread first) {
        var left = new LinkedHashSet<Thread>();
        ledger.doings().stream()
                .filter(doing -> ledger.leaves(doing.thread) && doing.thread.isAlive() && !idle(doing))
                .forEach(doing -> left.add(doing.thread));
        if (first.isAlive()) {
            left.add(first);
        }
        return List.copyOf(left);
    }

    /// A pool's worker that waits for its next task.
    private static boolean idle(Doing doing) {
        return doing.call() == null && doing.thread.getState() == Thread.State.WAITING;
    }

    private void throwFailure() throws Exception {
        switch (thrown.get()) {
            case null -> {}
            case Exception exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
