package threadbook.lab.explore;

import java.util.List;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;
import threadbook.lab.explore.search.Ending;
import threadbook.lab.explore.search.Race;
import threadbook.lab.explore.search.Search;

/// One schedule that was run and written down.
///
/// @param recorder  knows what the program called its objects meanwhile
record Watched(Schedule schedule, Replay replay, Recorder recorder) {

    /// Runs the program once.
    static Watched run(Engine engine, Search search, Chooser way) throws InterruptedException {
        var recorder = new Recorder();
        engine.watch(recorder);
        try {
            Schedule schedule = search.again(way);
            return new Watched(
                    schedule, recorder.replay(schedule, Ending.of(schedule).text()), recorder);
        } finally {
            engine.watch(null);
        }
    }

    /// {@return a race of this schedule in words}
    RaceReport report(Race race, long schedules, boolean exhaustive) {
        return new RaceReport(
                moment(race.first()).object(),
                List.of(side(race.first(), race.firstHeld()), side(race.second(), race.secondHeld())),
                schedules,
                exhaustive);
    }

    private Replay.Moment moment(Step step) {
        for (int i = 0; i < schedule.steps().size(); i++) {
            if (schedule.steps().get(i) == step) {
                return replay.steps().get(i);
            }
        }
        throw new IllegalArgumentException("a step of another schedule: " + step);
    }

    private RaceReport.Side side(Step step, List<Object> held) {
        Replay.Moment moment = moment(step);
        return new RaceReport.Side(
                moment.thread(),
                moment.verb(),
                moment.source(),
                moment.place(),
                held.stream().map(recorder::nameOf).toList());
    }
}
