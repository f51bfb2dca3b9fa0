package threadbook.lab.exercise;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import threadbook.lab.exercise.Exercise.Repair;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Reading;

/// Lesson 03: an `increment()` that adds 1 to a counter, whoever calls it and however many at a
/// time.
///
/// Judged by running it: alone, again on another thread, then by four threads at once, many times.
/// A race shows only if the threads overlap, so they work for a time, not for a number of calls: a
/// compiler makes 100 000 additions in the time that the next thread takes to start. And only
/// rounds in which they did overlap count: on a busy machine the unrepaired counter survived 30 of
/// 30 rounds.
///
/// @param rounds    how many rounds that tell something must go well
/// @param limit     how long to wait for so many
/// @param patience  how long a call may take before it counts as hanging
/// @param cores     cores that the threads can run on
/// @param together  lets four threads call an action for the time of a round
record FixCounter(int rounds, Duration limit, Duration patience, int cores, Function<Body, Crowd.Outcome> together)
        implements Repair {

    private static final int THREADS = 4;
    private static final Duration ROUND = Duration.ofMillis(30);

    // A call that takes longer than 0.1 ms is interrupted by others in its middle even on one core.
    private static final long SLOW_CALLS = THREADS * ROUND.toMillis() * 10;

    /// As strict as a lesson has time for: under a second for a right solution on a quiet machine.
    FixCounter() {
        this(Duration.ofSeconds(2));
    }

    FixCounter(Duration patience) {
        this(
                10,
                Duration.ofSeconds(5),
                patience,
                Runtime.getRuntime().availableProcessors(),
                action -> Crowd.run(THREADS, action, ROUND, patience));
    }

    @Override
    public String id() {
        return "03-fix-counter";
    }

    @Override
    public String usage() {
        return "check(\"03-fix-counter\", () -> increment(), () -> /* the counter */)";
    }

    @Override
    public List<String> hints() {
        return List.of(
                "Which steps of counter++ must nobody come between?",
                "Look at what stands between reading the counter and writing it: all of it must be done by one thread"
                        + " at a time, and every thread must use the same lock.",
                "Make the lock once, outside: var lock = new ReentrantLock(); then in increment() write lock.lock();"
                        + " try { counter++; } finally { lock.unlock(); } Or make the counter an AtomicInteger"
                        + " and call one of its methods.");
    }

    @Override
    public Passed judge(Body action, Reading reading) {
        callAlone(action, reading);
        callAlone(action, reading); // on another thread, which a lock that was never released keeps out
        long start = System.nanoTime();
        long calls = 0;
        int telling = 0;
        while (telling < rounds && System.nanoTime() - start < limit.toNanos()) {
            var outcome = callTogether(action, reading);
            calls += outcome.calls();
            telling += outcome.overlapped() || outcome.calls() < SLOW_CALLS ? 1 : 0;
        }
        if (telling == 0 && cores > 1) {
            throw new CheckFailed("No verdict: other programs kept the cores so busy that your threads never ran at"
                    + " the same time. Run the check again.");
        }
        var message = String.format(Locale.ROOT, "%d threads made %,d calls and none was lost", THREADS, calls);
        return new Passed(
                id(), message + (telling > 0 ? "." : ", but on a single core that says little: think it through."));
    }

    private void callAlone(Body action, Reading reading) {
        Number before = read(reading);
        boolean unused = answer("Your increment", () -> {
            action.run();
            return true;
        });
        long added = growth(before, read(reading));
        if (added == 0) {
            throw new CheckFailed("One call left the counter as it was:"
                    + " does the second lambda read the counter that the first one changes?");
        }
        if (added != 1) {
            throw new CheckFailed("One call alone added %d instead of 1.".formatted(added));
        }
    }

    private Crowd.Outcome callTogether(Body action, Reading reading) {
        Number before = read(reading);
        var outcome = together.apply(action);
        outcome.thrown().ifPresent(thrown -> {
            throw threw("Your increment", thrown);
        });
        if (!outcome.allEnded()) {
            throw hanging();
        }
        long lost = outcome.calls() - growth(before, read(reading));
        if (lost != 0) {
            throw new CheckFailed(String.format(
                    Locale.ROOT,
                    "%,d of %,d additions were %s while %d threads called at once:"
                            + " another thread still gets in between the read and the write.",
                    Math.abs(lost),
                    outcome.calls(),
                    lost > 0 ? "lost" : "too many",
                    THREADS));
        }
        return outcome;
    }

    // What an int counter holds is an Integer, which runs over when it is counted for seconds; no fault of
    // the student's. The difference of two ints is right all the same.
    private static long growth(Number before, Number after) {
        return before instanceof Integer from && after instanceof Integer to
                ? to - from
                : after.longValue() - before.longValue();
    }

    private Number read(Reading reading) {
        return answer("Reading the counter", () -> switch (reading.read()) {
            case Integer number -> number;
            case AtomicInteger number -> number.get();
            case Number number -> number.longValue();
        });
    }

    private <T> T answer(String what, Callable<T> call) {
        try {
            return Crowd.within(patience, call).orElseThrow(this::hanging);
        } catch (ExecutionException failed) {
            throw threw(what, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private CheckFailed hanging() {
        return new CheckFailed("A call did not return within %d ms: is a lock taken and never released?"
                .formatted(patience.toMillis()));
    }

    private static CheckFailed threw(String what, Throwable thrown) {
        return new CheckFailed("%s threw %s".formatted(what, thrown), thrown);
    }
}
