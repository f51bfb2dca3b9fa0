package threadbook.lab.explore;

import java.time.Duration;
import java.util.function.Predicate;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.search.Ending;
import threadbook.lab.explore.search.Found;
import threadbook.lab.explore.search.Path;
import threadbook.lab.explore.search.Race;

/// Whether a claim holds for all schedules of a program.
///
/// @param claim  as it is shown
/// @param right  whether a schedule may end so
record Proof(String claim, Predicate<Ending> right) {
    /// What a condition said of an outcome.
    record Judged(boolean right, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// {@return the verdict over all schedules, or over those that were run in time}
    Verdict of(Engine judging, ClassLoader program, Duration budget) {
        return Laboratory.explore(judging, program, budget, (engine, search) -> {
            Found all = search.reduced(right.negate());
            var wrong = all.rows().entrySet().stream()
                    .filter(entry -> !right.test(entry.getKey()))
                    .findFirst();
            if (wrong.isPresent()) {
                Path shorter =
                        search.shortest(right.negate(), wrong.get().getValue().shortest());
                return new Verdict.Refuted(
                        claim, Watched.run(engine, search, shorter.begun()).replay(), all.schedules());
            }
            if (!all.exhaustive()) {
                return new Verdict.NotExhaustive(claim, all.schedules());
            }
            if (all.raceWay().isPresent()) {
                Watched run = Watched.run(engine, search, all.raceWay().get().begun());
                return new Verdict.Racy(claim, run.replay(), race(run, all.schedules(), true), all.schedules());
            }
            return new Verdict.Proved(claim, all.schedules());
        });
    }

    /// {@return the data race in a schedule that is known to have one}
    static RaceReport race(Watched run, long schedules, boolean exhaustive) {
        Race race = Race.in(run.schedule())
                .orElseThrow(() ->
                        new IllegalStateException("A schedule that had a data race has none when it is run again."));
        return run.report(race, schedules, exhaustive);
    }
}
