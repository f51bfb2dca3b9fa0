package threadbook.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Answer;
import threadbook.lab.process.travel.Order;
import threadbook.lab.process.travel.Values;

/// One worker of a pool: a thread that takes jobs, and the process that does them. When the process ends it gets
/// another one.
final class Worker {
    private final String name;
    private final BlockingDeque<Job> jobs;
    private final Thread thread;
    private volatile Link link;
    private volatile @Nullable Job running; // written by the thread; read by whoever cancels
    private volatile boolean closed;

    // Used by the thread alone.
    private final Map<String, byte[]> defined = new HashMap<>();
    private Job.@Nullable Task kept;
    private long calls;

    /// How a call came back.
    private sealed interface Ending {
        record Answered(Answer answer) implements Ending {}

        record Ended(int exit) implements Ending {}
    }

    private Worker(String name, BlockingDeque<Job> jobs) {
        this.name = name;
        this.jobs = jobs;
        link = Spares.take(name);
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::work);
    }

    static Worker start(String name, BlockingDeque<Job> jobs) {
        var worker = new Worker(name, jobs);
        worker.thread.start();
        return worker;
    }

    private void work() {
        while (!closed) {
            try {
                Job job = jobs.take();
                running = job;
                if (!job.result().isDone()) {
                    run(job);
                }
            } catch (InterruptedException _) {
                // by close()
            } finally {
                running = null;
            }
        }
    }

    private void run(Job job) {
        var ears = new Ears(job.task().output());
        link.tell(ears);
        if (!job.begin()) {
            return;
        }
        try {
            if (!link.alive()) {
                replace();
                link.tell(ears);
            }
            prepare(job.task());
            link.send(new Order.Call(++calls, job.argument()));
            finish(job, ears.await());
        } catch (UncheckedIOException _) { // it ended while it was told
            lost(job, link.ended().join());
        } catch (RuntimeException | Error e) { // the boundary: whoever waits for the job hears of it
            job.result().completeExceptionally(e);
        }
    }

    /// Sends what the process does not have yet.
    private void prepare(Job.Task task) {
        if (kept == task) {
            return;
        }
        Map<String, byte[]> fresh = new HashMap<>();
        boolean anew = false;
        for (var each : task.luggage().classes().entrySet()) {
            byte[] known = defined.get(each.getKey());
            anew |= known != null && !Arrays.equals(known, each.getValue());
            if (known == null) {
                fresh.put(each.getKey(), each.getValue());
            }
        }
        if (anew) { // a class was declared again: the process cannot have both
            defined.clear();
            fresh.putAll(task.luggage().classes());
        }
        link.send(new Order.Define(anew, fresh));
        defined.putAll(fresh);
        link.send(new Order.Keep(task.luggage().values()));
        kept = task;
    }

    private void finish(Job job, Ending ending) {
        switch (ending) {
            case Ending.Answered(Answer.Returned returned) -> {
                job.task().changed(returned.changed());
                complete(job, returned.value(), false);
            }
            case Ending.Answered(Answer.Threw threw) -> complete(job, threw.throwable(), true);
            case Ending.Answered(var other) -> throw new IllegalStateException("expected a result, found " + other);
            case Ending.Ended(var exit) -> lost(job, exit);
        }
    }

    private static void complete(Job job, byte[] written, boolean threw) {
        try {
            Object value = Values.read(written, job.task().program());
            if (threw && value instanceof Throwable thrown) {
                job.result().completeExceptionally(thrown);
            } else {
                job.result().complete(value);
            }
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            job.result()
                    .completeExceptionally(new ChildFailedException("what a worker sent could not be read: " + e, e));
        }
    }

    /// The process has ended in the middle of a job, which another one gets, once.
    private void lost(Job job, int exit) {
        if (closed || job.result().isDone()) {
            return;
        }
        String what = "%s (pid %d) ended by itself or was killed in the middle of a call: %s"
                .formatted(name, link.pid(), Signals.words(exit));
        replace();
        if (job.last()) {
            job.result()
                    .completeExceptionally(
                            new ChildFailedException(what + ". The call had ended another worker before."));
        } else {
            job.task().output().show(new Note(what + "; the call was given to another worker."));
            jobs.addFirst(job);
        }
    }

    private void replace() {
        defined.clear();
        kept = null;
        link = Spares.take(name);
    }

    /// Ends the process if it is at work on that job.
    void cancel(Job job) {
        if (running == job) {
            link.kill();
        }
    }

    /// {@return the id of its process}
    long pid() {
        return link.pid();
    }

    /// Ends thread and process; a running job is not waited for.
    void close() {
        closed = true;
        thread.interrupt();
        link.kill();
        Optional.ofNullable(running)
                .ifPresent(job -> job.result().completeExceptionally(new ChildFailedException("the pool was closed")));
    }

    /// Hears what the process says while it does one job.
    private static final class Ears implements Answer.Receiver {
        private final CellOutput output;
        private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();

        Ears(CellOutput output) {
            this.output = output;
        }

        Ending await() {
            while (true) {
                try {
                    return endings.take();
                } catch (InterruptedException _) {
                    // by close(), which also ends the process: that ends this wait
                }
            }
        }

        @Override
        public void ready() {}

        @Override
        public void printed(boolean error, byte[] text) {
            output.text(error, text);
        }

        @Override
        public void returned(Answer.Returned answer) {
            endings.add(new Ending.Answered(answer));
        }

        @Override
        public void threw(Answer.Threw answer) {
            endings.add(new Ending.Answered(answer));
        }

        @Override
        public void ended(int exit) {
            endings.add(new Ending.Ended(exit));
        }
    }
}
