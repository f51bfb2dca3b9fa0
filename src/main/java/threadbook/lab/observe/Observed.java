package threadbook.lab.observe;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;

/// What came out of a program that was run many times on this machine.
///
/// What did not come out may still be possible: this is one machine at one time.
///
/// @param counts  how often what came out, the most frequent first
/// @param runs    how many runs there were
/// @param hung    whether the last run did not end: its threads waited for each other
public record Observed(Map<String, Long> counts, long runs, boolean hung) {
    /// What a run that does not end comes out as.
    public static final String HUNG = "deadlock";

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1); // without progress, all threads waiting

    public Observed {
        var sorted = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        counts = Collections.unmodifiableMap(sorted);
    }

    /// Runs a program on threads of the platform until it was run so often, or for 2 s.
    ///
    /// @param runs  at least 1
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    /// @throws BodyFailedException       if the set-up or the reading of the outcome throws a checked
    ///                                   exception
    public static Observed of(long runs, Trial trial) {
        if (runs < 1) {
            throw new IllegalArgumentException("stress needs at least 1 run, found %d".formatted(runs));
        }
        long deadline = System.nanoTime() + LIMIT.toNanos();
        var copies = BodyFailedException.unchecked(() -> Copies.of(trial));
        var crew = new Crew(copies, runs, deadline);
        crew.start();
        try {
            return await(crew) ? new Observed(crew.counts(), crew.done(), false) : hung(crew);
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("stress");
        } finally {
            crew.stop();
            crew.threads().forEach(Thread::interrupt);
        }
    }

    /// The first thread waits for ever and counts no more.
    private static Observed hung(Crew crew) {
        var all = new LinkedHashMap<>(crew.counts());
        all.merge(HUNG, 1L, Long::sum);
        return new Observed(all, crew.done() + 1, true);
    }

    /// {@return whether all runs have ended}
    private static boolean await(Crew crew) throws InterruptedException {
        Thread leader = crew.threads().getFirst();
        long progress = crew.done();
        long since = System.nanoTime();
        while (!leader.join(LOOK)) {
            if (crew.done() != progress || !crew.stuck()) {
                progress = crew.done();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE) {
                return false;
            }
        }
        BodyFailedException.unchecked(() -> {
            switch (crew.failure()) {
                case null -> {}
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case Throwable other -> throw new IllegalStateException(other);
            }
        });
        return true;
    }

    /// {@return in what share of the runs it came out}, from 0 to 1
    public double share(String outcome) {
        return counts.getOrDefault(outcome, 0L) / (double) Math.max(1, runs);
    }

    /// {@return a row for each outcome}: `outcome`, `runs` and their `share`, from 0 to 1
    public Table table() {
        var outcomes = StringColumn.create("outcome");
        var often = LongColumn.create("runs");
        var shares = DoubleColumn.create("share");
        counts.forEach((outcome, count) -> {
            outcomes.append(outcome);
            often.append(count);
            shares.append(share(outcome));
        });
        return Table.create("observed", outcomes, often, shares);
    }

    /// {@return a bar for each outcome}
    public Chart chart() {
        return Charts.bars(table().selectColumns("outcome", "runs"), "Runs by outcome, on this machine");
    }

    /// {@return the table as html and as text}
    public Map<String, String> mimeBundle() {
        return ObservedView.of(this);
    }

    @Override
    public String toString() {
        return ObservedView.text(this);
    }
}
