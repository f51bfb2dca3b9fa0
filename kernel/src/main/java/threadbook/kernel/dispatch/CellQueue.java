package threadbook.kernel.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Session;
import threadbook.kernel.handler.ExecuteHandler;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Reply.AbortedReply;
import threadbook.kernel.protocol.Reply.ExecuteErrorReply;
import threadbook.kernel.protocol.Request.ExecuteRequest;
import threadbook.kernel.thread.KernelThread;

/// Runs the cells one after the other, in the order in which they were asked for, on the thread
/// `cells`.
///
/// A front end's Run All sends every cell at once. So when one fails, those that were asked for
/// before the client could know of it are aborted: what waits here, what still arrives until it
/// is [#QUIET] (the error reply waits for that), and what comes later but was made earlier by the
/// client's own clock.
final class CellQueue {
    /// So long nothing may have come in before a failed cell is answered.
    private static final Duration QUIET = Duration.ofMillis(10);

    /// The same once cells were found waiting: then more are likely to be on their way.
    private static final Duration QUIET_IN_A_BURST = Duration.ofMillis(100);

    /// A flood of requests delays the answer no longer than this.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Answers answers;
    private final ExecuteHandler handler;
    private final Session session;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

    /// How many requests came in; written by the thread `shell` only, read by any.
    private volatile long received;

    /// The requests up to this one are aborted; written by [#abort], volatile because read by
    /// `cells`.
    private volatile long aborted;

    /// What the last failure aborts of what is still to come; only the thread `cells` uses it.
    private @Nullable Failure failure;

    CellQueue(Answers answers, ExecuteHandler handler, Session session) {
        this.answers = answers;
        this.handler = handler;
        this.session = session;
    }

    void start() {
        new KernelThread(this::run, "cells").start();
    }

    /// Puts a cell at the end of the queue; only the thread `shell` calls it.
    void add(Origin origin, ExecuteRequest request) {
        long number = received + 1;
        received = number;
        queue.add(new Waiting(origin, request, number, System.nanoTime()));
    }

    /// Aborts all cells that wait, not the one that runs; any thread may call it, it returns at
    /// once.
    void abort() {
        aborted = received;
    }

    private void run() {
        try {
            while (true) {
                Waiting next = queue.take();
                try {
                    serve(next);
                } catch (OutOfMemoryError full) { // outside the handler, and the next cell may free it
                    answers.memoryFull(next.origin);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("a kernel thread cannot be interrupted", e);
        }
    }

    /// The turn begins before the look at what is aborted: an interrupt finds either a cell that has not
    /// begun, or the turn of one that has.
    private void serve(Waiting next) throws InterruptedException {
        try (var _ = session.turn()) {
            if (next.number <= aborted || (failure != null && failure.covers(next))) {
                abort(next);
            } else {
                run(next);
            }
        }
    }

    private void run(Waiting cell) throws InterruptedException {
        var behind = new ArrayList<Waiting>();
        answers.busy(cell.origin);
        Reply reply = answers.reported(cell.origin, () -> handler.handle(cell.origin, cell.request));
        if (reply instanceof ExecuteErrorReply && cell.request.stopOnError()) {
            collect(behind);
            failure = Failure.of(cell);
        }
        answers.replyAndIdle(cell.origin, reply);
        behind.forEach(this::abort);
    }

    /// Takes what waits, and what comes until nothing came for a while.
    private void collect(List<Waiting> behind) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Waiting next = queue.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        while (next != null) {
            behind.add(next);
            boolean patient = System.nanoTime() - end < 0;
            next = patient ? queue.poll(QUIET_IN_A_BURST.toMillis(), TimeUnit.MILLISECONDS) : queue.poll();
        }
    }

    private void abort(Waiting cell) {
        answers.answer(cell.origin, AbortedReply::new);
    }

    /// @param number   counts the requests, from 1
    /// @param arrived  [System#nanoTime()] when it came in
    private record Waiting(Origin origin, ExecuteRequest request, long number, long arrived) {}

    /// A failed cell, and until when its client could not know of it.
    ///
    /// @param until  on the client's own clock: when it made the request, plus the time that the
    ///               request was here; so no clocks need to agree
    private record Failure(String session, Instant until) {

        static @Nullable Failure of(Waiting cell) {
            Instant made = cell.origin.header().date();
            return made == null
                    ? null
                    : new Failure(cell.origin.header().session(), made.plusNanos(System.nanoTime() - cell.arrived));
        }

        boolean covers(Waiting later) {
            Instant made = later.origin.header().date();
            return made != null
                    && made.isBefore(until)
                    && later.origin.header().session().equals(session);
        }
    }
}
