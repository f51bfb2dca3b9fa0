package threadbook.lab.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Bodies that run at the same time, each on a platform thread of its own, and are all awaited.
///
/// The threads wait at a gate until all of them exist, so that the first has not finished before
/// the last begins.
public final class Parallel {

    // How long an interrupted caller waits for its threads to obey, so that their last words come first.
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    // In the order thrown; every thread may add.
    private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    private Parallel() {}

    /// Runs the body once on each of `count` threads named `worker 0`, `worker 1` and so on, and
    /// waits for all of them.
    ///
    /// @param count  at least 1
    /// @throws WaitInterruptedException  if the calling thread is interrupted; its threads are
    ///                                   interrupted before
    /// @throws BodyFailedException       if a body threw a checked exception; unchecked ones
    ///                                   arrive as they are. The first one thrown arrives, the
    ///                                   others are suppressed in it.
    public static void run(int count, IndexedBody body) {
        if (count < 1) {
            throw new IllegalArgumentException("parallel needs at least 1 thread, found " + count);
        }
        new Parallel()
                .runAll(IntStream.range(0, count)
                        .<Body>mapToObj(index -> () -> body.run(index))
                        .toList());
    }

    /// Runs each of the bodies on a thread of its own, as [#run(int, IndexedBody)] does.
    public static void run(List<Body> bodies) {
        new Parallel().runAll(List.copyOf(bodies));
    }

    private void runAll(List<Body> bodies) {
        boolean done = false;
        try {
            for (Body body : bodies) {
                threads.add(Thread.ofPlatform()
                        .name("worker " + threads.size())
                        .start(ThreadLedger.entering(() -> runOne(body))));
            }
            gate.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            done = true;
        } catch (InterruptedException _) {
            interruptAll();
            throw WaitInterruptedException.restoringFlag("parallel");
        } finally {
            if (!done) { // also when the system refused another thread
                threads.forEach(Thread::interrupt);
            }
        }
        throwFirst();
    }

    // Catches everything, because the caller must hear of everything: throwFirst passes it on.
    private void runOne(Body body) {
        try {
            gate.await();
            body.run();
        } catch (Throwable throwable) {
            thrown.add(throwable);
        }
    }

    private void interruptAll() {
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + GRACE_NANOS;
        try {
            for (Thread thread : threads) {
                long left = deadline - System.nanoTime();
                if (left > 0) {
                    TimeUnit.NANOSECONDS.timedJoin(thread, left);
                }
            }
        } catch (InterruptedException _) { // asked twice: leave at once
            Thread.currentThread().interrupt();
        }
    }

    private void throwFirst() {
        var first = thrown.poll();
        if (first == null) {
            return;
        }
        Throwable failure = BodyFailedException.wrapIfChecked(first);
        for (Throwable other : thrown) {
            if (other != first) { // a body may throw one shared object, which must not suppress itself
                failure.addSuppressed(other);
            }
        }
        switch (failure) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case Throwable impossible -> throw new AssertionError("neither checked nor unchecked", impossible);
        }
    }
}
