package threadbook.lab.exercise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.WaitInterruptedException;

/// Several threads that do the same over and over, until they are told to stop.
///
/// They are daemons, since the code that they run may never return; who waits for them waits for a
/// limited time.
///
/// Beside its action each of them counts in a counter that is broken on purpose. Only if that one
/// loses additions did the threads really run at the same time, and only then does it mean
/// something that the action did not fail: on a single core even `counter++` is never seen to
/// fail, as it is one instruction.
final class Crowd {

    private final Body action;

    // Read by the threads before each call; that also keeps the compiler from making one step of a loop.
    private volatile boolean stop;
    private final AtomicLong calls = new AtomicLong();
    private long canary; // broken on purpose: all threads add to it, and nothing guards it
    private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    private Crowd(Body action) {
        this.action = action;
    }

    /// How a crowd ended.
    ///
    /// @param calls       calls that returned
    /// @param overlapped  whether the broken counter lost additions, so that the threads ran at
    ///                    the same time
    /// @param allEnded    false if a thread hangs in its call
    /// @param thrown      the first exception that a call threw
    record Outcome(long calls, boolean overlapped, boolean allEnded, Optional<Throwable> thrown) {}

    /// Lets so many threads call the action for `busy`, then waits for them for at most
    /// `patience`.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted; the threads are,
    ///                                   too
    static Outcome run(int threads, Body action, Duration busy, Duration patience) {
        return new Crowd(action).run(threads, busy, patience);
    }

    private Outcome run(int count, Duration busy, Duration patience) {
        var threads = new ArrayList<Thread>();
        try {
            for (int index = 0; index < count; index++) {
                threads.add(Thread.ofPlatform().daemon().name("check " + index).start(this::callRepeatedly));
            }
            TimeUnit.NANOSECONDS.sleep(busy.toNanos());
            stop = true;
            long deadline = System.nanoTime() + patience.toNanos();
            boolean allEnded = true;
            for (Thread thread : threads) {
                allEnded &= thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            return new Outcome(calls.get(), canary != calls.get(), allEnded, Optional.ofNullable(thrown.peek()));
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("check");
        } finally {
            stop = true;
            threads.forEach(Thread::interrupt); // whoever hangs and can be woken
        }
    }

    // Catches everything, because the action may throw everything: run reports it.
    private void callRepeatedly() {
        long returned = 0;
        try {
            do {
                action.run();
                returned++;
                canary++;
            } while (!stop);
        } catch (Throwable throwable) {
            thrown.add(throwable);
        } finally {
            calls.addAndGet(returned);
        }
    }

    /// {@return the value of a call on a thread of its own, empty if it does not come in time}
    ///
    /// @throws ExecutionException        if the call throws
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    static <T> Optional<T> within(Duration patience, Callable<T> call) throws ExecutionException {
        var task = new FutureTask<>(call);
        var thread = Thread.ofPlatform().daemon().name("check").start(task);
        try {
            return Optional.of(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("check");
        } finally {
            thread.interrupt(); // nothing happens to a thread that has ended
        }
    }
}
