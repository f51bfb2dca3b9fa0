package threadbook.kernel.deadlock;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import threadbook.kernel.protocol.MimeBundle;

/// Looks for deadlocks while a cell is busy and reports each once.
///
/// Its thread sleeps while no cell is busy. While one is, it looks every 400 ms, or less often where a
/// look is so dear (many thousand threads) that it would take more than one percent of a core. A ring is
/// reported only when two looks in a row show it: threads are not all seen at the same instant.
public final class DeadlockWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int SHARE = 100; // at most 1/100 of a core

    private final Supplier<List<Deadlock>> look;
    private final Consumer<Deadlock> report;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int busy; // guarded by lock
    private boolean closed; // guarded by lock

    // Of the looks so far; used by the watch's thread alone.
    private final List<Deadlock> reported = new ArrayList<>();
    private List<Deadlock> before = List.of();
    private Duration pause = PAUSE;
    private long lastCost;

    /// @param look    finds the rings of this instant; called on the watch's thread only
    /// @param report  told of each new ring; called on the watch's thread
    DeadlockWatch(Supplier<List<Deadlock>> look, Consumer<Deadlock> report) {
        this.look = look;
        this.report = report;
        thread = Thread.ofPlatform().daemon().name("deadlock watch").unstarted(this::run);
    }

    /// Watches every thread of the process, from its own thread.
    ///
    /// @param variables  the cells' variables by name, asked when a deadlock is found
    /// @param classes    the bytes of a cell's class by its name, as it was loaded
    /// @param placed     a frame as it is to be shown
    /// @param report     told of each new deadlock: its threads, and the report to show
    /// @return empty where the JDK does not let us look at threads
    public static Optional<DeadlockWatch> start(
            Supplier<Map<String, Object>> variables,
            Function<String, Optional<byte[]>> classes,
            UnaryOperator<StackTraceElement> placed,
            BiConsumer<Set<Thread>, MimeBundle> report) {
        var sites = new LockSites(classes);
        return ThreadViews.open()
                .map(views -> new DeadlockWatch(
                                () -> deadlocks(views, placed),
                                found -> report.accept(
                                        found.threads(),
                                        new DeadlockReport(found, new LockNames(variables.get()), sites).bundle()))
                        .start());
    }

    DeadlockWatch start() {
        thread.start();
        return this;
    }

    private static List<Deadlock> deadlocks(ThreadViews views, UnaryOperator<StackTraceElement> placed) {
        var waiting = views.all().stream()
                .filter(thread -> switch (thread.getState()) {
                    case WAITING, BLOCKED -> true;
                    case NEW, RUNNABLE, TIMED_WAITING, TERMINATED -> false;
                })
                .flatMap(thread -> views.of(thread).stream())
                .map(view -> view.placed(placed))
                .toList();
        return new WaitForGraph(waiting).deadlocks();
    }

    /// A cell has begun to run.
    public void cellBegins() {
        change(1);
    }

    /// A cell has ended, or was abandoned.
    public void cellEnds() {
        change(-1);
    }

    private void change(int by) {
        lock.lock();
        try {
            busy += by;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitBusy(pause)) {
            try {
                lookOnce();
            } catch (OutOfMemoryError _) {
                // A cell has filled the memory: look again after the pause.
            }
        }
    }

    private void lookOnce() {
        long start = cpuTime();
        List<Deadlock> now = look.get();
        long cost = cpuTime() - start;
        reported.removeIf(old -> now.stream().noneMatch(old::sameAs));
        for (Deadlock ring : now) {
            if (before.stream().anyMatch(ring::sameAs) && reported.stream().noneMatch(ring::sameAs)) {
                report.accept(ring);
                reported.add(ring);
            }
        }
        boolean suspected = now.stream().anyMatch(ring -> reported.stream().noneMatch(ring::sameAs));
        // One look alone may be dear because it is the first, or because a class had to be loaded.
        var dear = Duration.ofNanos(Math.min(cost, lastCost) * SHARE);
        pause = suspected || dear.compareTo(PAUSE) < 0 ? PAUSE : dear;
        lastCost = cost;
        before = now;
    }

    /// Of this thread, in nanoseconds: on a busy machine a look takes long and costs no more.
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Waits until a cell is busy and the pause is over.
    ///
    /// @return false when the watch is closed
    private boolean awaitBusy(Duration pause) {
        lock.lock();
        try {
            while (!closed && busy == 0) {
                changed.awaitUninterruptibly();
            }
            long left = pause.toNanos();
            while (!closed && left > 0) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException _) {
                    // A cell may interrupt every thread that it finds; the watch ends by close alone.
                }
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the watch's thread; does not wait for it.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
