package threadbook.lab.exercise;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import threadbook.lab.exercise.Exercise.Repair;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Reading;

/// Lesson 03: an `increment()` that adds 1 to a counter, whoever calls it and however many at a time.
///
/// Judged by running it: alone, again on another thread, then by four threads at once, many times. A race
/// shows only if the threads overlap, so they work for a time, not for a number of calls: a compiler makes
/// 100 000 additions in the time that the next thread takes to start.
///
/// @param rounds    how often four threads work at once
/// @param busy      how long a round is
/// @param patience  how long a call may take before it counts as hanging
record FixCounter(int rounds, Duration busy, Duration patience) implements Repair {

    private static final int THREADS = 4;

    /// As strict as a lesson has time for: under two seconds for a right solution.
    FixCounter() {
        this(30, Duration.ofMillis(30), Duration.ofSeconds(2));
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
        long calls = 0;
        for (int round = 0; round < rounds; round++) {
            calls += callTogether(action, reading);
        }
        return new Passed(id(), "%d threads made %,d calls and none was lost.".formatted(THREADS, calls));
    }

    private void callAlone(Body action, Reading reading) {
        long before = read(reading);
        boolean returned = answered(
                () -> {
                    action.run();
                    return true;
                },
                "Your increment");
        if (!returned) {
            throw hanging();
        }
        long added = read(reading) - before;
        if (added == 0) {
            throw new CheckFailed("One call left the counter as it was:"
                    + " does the second lambda read the counter that the first one changes?");
        }
        if (added != 1) {
            throw new CheckFailed("One call alone added %d instead of 1.".formatted(added));
        }
    }

    private long callTogether(Body action, Reading reading) {
        long before = read(reading);
        var outcome = Crowd.run(THREADS, action, busy, patience);
        outcome.thrown().ifPresent(thrown -> {
            throw threw("Your increment", thrown);
        });
        if (!outcome.allEnded()) {
            throw hanging();
        }
        long lost = outcome.calls() - (read(reading) - before);
        if (lost != 0) {
            throw new CheckFailed(("%,d of %,d additions were %s while %d threads called at once:"
                            + " another thread still gets in between the read and the write.")
                    .formatted(Math.abs(lost), outcome.calls(), lost > 0 ? "lost" : "too many", THREADS));
        }
        return outcome.calls();
    }

    private long read(Reading reading) {
        var number = new Number[1];
        boolean returned = answered(
                () -> {
                    number[0] = reading.read();
                    return true;
                },
                "Reading the counter");
        if (!returned) {
            throw hanging();
        }
        return number[0].longValue();
    }

    private boolean answered(java.util.concurrent.Callable<Boolean> call, String what) {
        try {
            return Crowd.within(patience, call).isPresent();
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
