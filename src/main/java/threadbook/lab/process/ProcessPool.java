package threadbook.lab.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Batch;
import threadbook.lab.process.travel.CannotTravelException;
import threadbook.lab.process.travel.Luggage;
import threadbook.lab.process.travel.Mapping;
import threadbook.lab.process.travel.Values;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Result;
import threadbook.lab.thread.WaitInterruptedException;

/// A fixed number of JVMs that run lambdas, one at a time each. Any thread may use it.
///
/// A lambda gets copies of the variables that it reads, made when it is handed over. A worker that ends in the
/// middle of a call is replaced and the call given to another one, once; so a call may be run twice.
///
/// ```java
/// try (var pool = processPool(2)) {
///     IO.println(pool.map(n -> isPrime(n), numbers()));
/// }
/// ```
public final class ProcessPool implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int BATCHES = 16; // for each worker, so that unequal ones even out

    private final LinkedBlockingDeque<Job> jobs = new LinkedBlockingDeque<>();
    private final List<Worker> workers;

    // What was submitted and is not done, guarded by itself; close waits for it.
    private final List<Job> submitted = new ArrayList<>();
    private volatile boolean closed;

    private ProcessPool(int size) {
        Spares.open();
        String name = "pool " + COUNT.incrementAndGet();
        var started = new ArrayList<Worker>();
        boolean all = false;
        try {
            IntStream.rangeClosed(1, size)
                    .forEach(number -> started.add(Worker.start("worker %d of %s".formatted(number, name), jobs)));
            all = true;
        } finally {
            if (!all) { // the system refused a process or a thread
                started.forEach(Worker::close);
                Spares.close();
            }
        }
        workers = List.copyOf(started);
    }

    /// {@return a pool whose JVMs are starting}
    ///
    /// @param size  how many, at least 1
    public static ProcessPool of(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("processPool needs at least 1 process, found " + size);
        }
        return new ProcessPool(size);
    }

    /// {@return what the function makes of each item, in the items' order}
    ///
    /// Items travel in batches. The first exception in that order is thrown when it is met; what
    /// then runs is ended.
    ///
    /// @throws ChildFailedException      if the function threw, which is the cause, or ended two workers
    /// @throws CannotTravelException     if the function, an item or a result cannot be written
    /// @throws WaitInterruptedException  if the calling thread is interrupted; the calls are ended before
    @SuppressWarnings("unchecked") // Batch says what it returns
    public <T, R> List<R> map(Mapping<T, R> function, Iterable<T> items) {
        List<T> all = listed(items);
        Job.Task task = task(function, new Batch<>(function));
        int size = Math.max(1, all.size() / (BATCHES * workers.size()));
        var calls = new ArrayList<Job>();
        for (int from = 0; from < all.size(); from += size) {
            var batch = new ArrayList<>(all.subList(from, Math.min(all.size(), from + size)));
            calls.add(Job.of(task, Values.write("An item", batch)));
        }
        jobs.addAll(calls);
        var results = new ArrayList<R>(all.size());
        boolean done = false;
        try {
            for (Job call : calls) {
                results.addAll((List<R>) result(call));
            }
            done = true;
        } finally {
            if (!done) {
                calls.forEach(this::cancel);
            }
        }
        return results;
    }

    /// {@return what the function makes of the items, each as soon as it is there}
    ///
    /// Waits inside the iteration, where exceptions are thrown as in [#map]. It can be iterated once.
    public <T, R> Iterable<R> asCompleted(Mapping<T, R> function, Iterable<T> items) {
        List<T> all = listed(items);
        Job.Task task = task(function, function);
        BlockingQueue<Job> completed = new LinkedBlockingQueue<>();
        var calls = new ArrayList<Job>();
        for (T item : all) {
            Job job = Job.of(task, Values.write("An item", item));
            job.result().whenComplete((_, _) -> completed.add(job));
            calls.add(job);
        }
        jobs.addAll(calls);
        return () -> new Arrivals<>(completed, calls);
    }

    /// {@return the future of what a body returns}, run by one of the processes
    ///
    /// @throws CannotTravelException  if the body needs a value that cannot be written
    @SuppressWarnings("unchecked") // the body's type says it
    public <R> CompletableFuture<R> submit(Result<R> body) {
        Job job = Job.of(task(body, body), new byte[0]);
        return (CompletableFuture<R>) hand(job);
    }

    /// {@return a future that is completed when the body has ended}
    @SuppressWarnings("unchecked") // a body returns nothing
    public CompletableFuture<Void> submit(Body body) {
        Job job = Job.of(task(body, body), new byte[0]);
        return (CompletableFuture<Void>) (CompletableFuture<?>) hand(job);
    }

    private CompletableFuture<?> hand(Job job) {
        synchronized (submitted) {
            submitted.add(job);
        }
        job.result().whenComplete((_, _) -> {
            synchronized (submitted) {
                submitted.remove(job);
            }
            if (job.result().isCancelled()) {
                cancel(job);
            }
        });
        jobs.add(job);
        return job.result();
    }

    /// {@return the ids of the processes}
    public List<Long> pids() {
        return workers.stream().map(Worker::pid).toList();
    }

    private static <T> List<T> listed(Iterable<T> items) {
        if (items instanceof Collection<T> collection) {
            return List.copyOf(collection);
        }
        var all = new ArrayList<T>();
        items.forEach(all::add);
        return all;
    }

    private Job.Task task(java.io.Serializable lambda, java.io.Serializable whole) {
        if (closed) {
            throw new IllegalStateException("Expected an open pool; it was closed. Make another with processPool(n).");
        }
        ClassLoader loader = lambda.getClass().getClassLoader();
        return Job.Task.of(
                Luggage.of("The function", lambda, whole),
                loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    private @Nullable Object result(Job job) {
        try {
            return job.result().get();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("a wait for a process pool");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case CannotTravelException cannot -> cannot;
                case ChildFailedException failed -> failed;
                case Throwable cause -> new ChildFailedException("a call failed: " + cause, cause);
                case null -> new IllegalStateException("a failed future has no cause", e);
            };
        } catch (CancellationException e) {
            throw new ChildFailedException("the call was cancelled", e);
        }
    }

    private void cancel(Job job) {
        jobs.remove(job);
        job.result().cancel(false);
        workers.forEach(worker -> worker.cancel(job));
    }

    /// Waits for what was submitted, then ends the processes.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted; the processes end at once
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            List<Job> left;
            synchronized (submitted) {
                left = List.copyOf(submitted);
            }
            for (Job job : left) {
                job.result().handle((_, _) -> true).get();
            }
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("the end of a process pool");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a handled future cannot fail", e);
        } finally {
            workers.forEach(Worker::close);
            jobs.forEach(job -> job.result().cancel(false));
            Spares.close();
        }
    }

    @Override
    public String toString() {
        return "%d processes%s: pids %s".formatted(workers.size(), closed ? ", closed" : "", pids());
    }

    /// The results of a mapping as they come.
    private final class Arrivals<R> implements Iterator<R> {
        private final BlockingQueue<Job> completed;
        private final List<Job> calls;
        private int taken;

        Arrivals(BlockingQueue<Job> completed, List<Job> calls) {
            this.completed = completed;
            this.calls = calls;
        }

        @Override
        public boolean hasNext() {
            return taken < calls.size();
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // the function's type says what it is, null included
        public R next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException("all %d results were taken".formatted(taken));
            }
            boolean done = false;
            try {
                Job job = completed.take();
                taken++;
                Object value = result(job);
                done = true;
                return (R) value;
            } catch (InterruptedException _) {
                throw WaitInterruptedException.restoringFlag("a wait for a process pool");
            } finally {
                if (!done) {
                    calls.forEach(ProcessPool.this::cancel);
                }
            }
        }
    }
}
