package threadbook.lab.exercise;

import java.util.List;
import java.util.stream.Collectors;
import threadbook.lab.exercise.Exercise.Claim;
import threadbook.lab.explore.DeadlockCycle;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.explore.RaceReport;
import threadbook.lab.explore.Replay;
import threadbook.lab.explore.Verdict;
import threadbook.runtime.Screen;

/// Repair this program: right in every schedule, or the check shows the one in which it is wrong.
///
/// It must end with an allowed outcome in all schedules, without a deadlock, an endless loop, an exception or a
/// data race; and each thread alone must still do its work, so that a program that does nothing is no repair.
///
/// @param allowed  the right outcomes, as texts
/// @param alone    what comes out if only one thread runs, in the order of the threads
record ProvenRepair(String id, List<String> allowed, List<String> alone, List<String> hints) implements Claim {
    ProvenRepair {
        allowed = List.copyOf(allowed);
        alone = List.copyOf(alone);
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", /* the explored program, repaired */)".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        var program = Program.in(values, this);
        program.requireWork(alone);
        Outcomes explored = program.explored();
        return switch (explored.verify(allowed.toArray())) {
            case Verdict.Proved proved ->
                new Passed(
                        id,
                        "proved: in every schedule the outcome is %s, nobody waits for ever, and there is no data race (%s for all)."
                                .formatted(Program.listed(allowed, "or"), stands(proved.schedules())));
            case Verdict.Refuted refuted -> throw refuted(refuted.counterexample());
            case Verdict.Racy racy -> throw racy(racy.race());
            case Verdict.NotExhaustive open ->
                throw new CheckFailed(
                        "No verdict: %d schedules were run and all were right, but there are more. Make the program smaller, or give the search more time: budget(ms)."
                                .formatted(open.schedules()));
        };
    }

    private static String stands(long schedules) {
        return schedules == 1 ? "1 schedule stands" : schedules + " schedules stand";
    }

    private CheckFailed refuted(Replay way) {
        if (way.endless()) {
            Screen.current().display(way);
            return new CheckFailed("The schedule above never ends: %s.".formatted(way.ending()));
        }
        if (!way.waits().isEmpty()) {
            var deadlock = new DeadlockCycle(way);
            Screen.current().display(deadlock);
            return new CheckFailed("Deadlock after %s, as shown above: %s."
                    .formatted(steps(way.steps().size()), deadlock.waitsFor()));
        }
        Screen.current().display(way);
        return new CheckFailed("The schedule above ends with %s; right is only %s."
                .formatted(way.ending(), Program.listed(allowed, "or")));
    }

    private static CheckFailed racy(RaceReport race) {
        Screen.current().display(race);
        var sides = race.sides().stream()
                .map(side -> "%s holds %s".formatted(side.thread(), locks(side.held())))
                .collect(Collectors.joining(", "));
        return new CheckFailed("Every schedule ends well, but there is a data race on %s, so a machine may do more: %s."
                .formatted(race.object(), sides));
    }

    private static String locks(List<String> held) {
        return held.isEmpty() ? "no lock" : Program.listed(held, "and");
    }

    private static String steps(int count) {
        return count == 1 ? "1 step" : count + " steps";
    }
}
