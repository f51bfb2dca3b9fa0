package threadbook.lab.explore.search;

import java.time.Duration;
import java.util.function.Predicate;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Schedule;

/// Runs schedules of one program until there are no more, or the time is over.
///
/// All methods block the calling thread and end by [InterruptedException] after [Engine#stop].
public final class Search {
    private static final int TURNS = 4; // steps of the longest turn in a fair schedule

    private final Engine engine;
    private final long end; // of the budget, as System.nanoTime tells it
    private final long begun = System.nanoTime();

    /// @param budget  how long to search; what it began it still finishes
    public Search(Engine engine, Duration budget) {
        this.engine = engine;
        end = begun + budget.toNanos();
    }

    private boolean over() {
        return System.nanoTime() - end >= 0;
    }

    /// Runs the program twice with every access as a step, which shows most of what the threads share. The
    /// other searches begin with it.
    public void learn() throws InterruptedException {
        engine.everyAccess(true);
        try {
            engine.run((at, choices, e) -> 0);
            engine.run((at, choices, e) -> choices.count() - 1);
        } finally {
            engine.everyAccess(false);
        }
    }

    /// {@return all that can come out, with exact counts if it found every schedule}
    ///
    /// What is not found in the first quarter of the time is looked for in fair schedules, in those that come to
    /// new situations, and with few preemptions.
    public Found count() throws InterruptedException {
        learn();
        long quarter = begun + (end - begun) / 4;
        while (true) {
            Found found = new Found();
            DepthFirst search = DepthFirst.ofAll();
            boolean turned;
            boolean more;
            do {
                Schedule schedule = engine.run(search);
                turned = schedule.turned();
                found.add(schedule);
                more = search.next();
            } while (more && !turned && System.nanoTime() - quarter < 0);
            if (turned) {
                continue; // a location is shared that was not known to be: the steps are others now
            }
            if (more) {
                found.again();
                if (fair(found) || novel(found) || fewPreemptions(found)) {
                    continue;
                }
                found.again();
            } else {
                found.finished();
            }
            return found;
        }
    }

    /// Looks for what comes out with 0, 1, 2 preemptions and so on, until the time is over.
    ///
    /// @return whether a location turned out to be shared, so that all must begin again
    private boolean fewPreemptions(Found found) throws InterruptedException {
        for (int bound = 0; !over(); bound++) {
            found.again();
            DepthFirst search = new DepthFirst(bound);
            do {
                Schedule schedule = engine.run(search);
                if (schedule.turned()) {
                    return true;
                }
                found.add(schedule);
            } while (search.next() && !over());
        }
        return false;
    }

    /// Looks for what comes out if the threads take turns.
    ///
    /// @return whether a location turned out to be shared, so that all must begin again
    private boolean fair(Found found) throws InterruptedException {
        for (int turn = 1; turn <= TURNS; turn++) {
            Schedule schedule = engine.run(new Turnwise(turn));
            if (schedule.turned()) {
                return true;
            }
            found.again();
            found.add(schedule);
        }
        return false;
    }

    /// Looks for what comes out of situations that were not seen before, for most of the time that is left.
    ///
    /// @return whether a location turned out to be shared, so that all must begin again
    private boolean novel(Found found) throws InterruptedException {
        found.again();
        long now = System.nanoTime();
        long most = end - (end - now) / 4;
        Novel search = new Novel();
        do {
            Schedule schedule = engine.run(search);
            if (schedule.turned()) {
                return true;
            }
            if (schedule.end() != Schedule.End.CUT) {
                found.add(schedule);
            }
        } while (search.next() && System.nanoTime() - most < 0);
        return false;
    }

    /// {@return the way to what is wanted with the fewest preemptions that is found in time}
    ///
    /// @param known  a way to it; returned if no better one is found
    public Path shortest(Predicate<Ending> wanted, Path known) throws InterruptedException {
        for (int bound = 0; bound < known.preemptions() && !over(); bound++) {
            Path best = null;
            DepthFirst search = new DepthFirst(bound);
            do {
                Schedule schedule = engine.run(search);
                if (wanted.test(Ending.of(schedule)) && (best == null || Path.better(schedule, best))) {
                    best = Path.of(schedule);
                }
            } while (search.next() && !over());
            if (best != null) {
                return best;
            }
        }
        return known;
    }

    /// {@return at least one schedule of each kind}; without exact counts
    ///
    /// @param wrong  ends the search as soon as it is found
    public Found reduced(Predicate<Ending> wrong) throws InterruptedException {
        learn();
        while (true) {
            Found found = new Found();
            Reduced search = new Reduced();
            boolean turned = false;
            boolean more = true;
            while (more && !turned) {
                Schedule schedule = engine.run(search);
                turned = schedule.turned();
                if (schedule.end() != Schedule.End.CUT) {
                    found.add(schedule);
                    if (!turned && wrong.test(Ending.of(schedule)) || over()) {
                        return found;
                    }
                }
                more = search.next(schedule);
            }
            if (!turned) {
                found.finished();
                return found;
            }
        }
    }

    /// {@return one schedule, run again}
    public Schedule again(Chooser path) throws InterruptedException {
        return engine.run(path);
    }
}
