package threadbook.lab.explore.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;

/// The steps that a schedule without an end repeats.
///
/// @param start   number of the first step of the first turn, from 0
/// @param length  steps of a turn, at least 1
public record Cycle(int start, int length) {
    private static final int LONGEST = 300;
    private static final int TURNS = 3; // that must be alike at the end

    /// {@return what is repeated at the end of a schedule}; empty if it ended, or repeats nothing
    public static Optional<Cycle> of(Schedule schedule) {
        List<Step> steps = schedule.steps();
        if (schedule.end() != Schedule.End.ENDLESS) {
            return Optional.empty();
        }
        for (int length = 1; length <= LONGEST && length * TURNS <= steps.size(); length++) {
            int start = steps.size() - length;
            while (start > 0 && alike(steps.get(start - 1), steps.get(start - 1 + length))) {
                start--;
            }
            if (steps.size() - start >= length * TURNS) {
                return Optional.of(new Cycle(start, length));
            }
        }
        return Optional.empty();
    }

    private static boolean alike(Step one, Step other) {
        return one.thread() == other.thread()
                && one.branch() == other.branch()
                && one.operation().site().equals(other.operation().site())
                && one.operation().verb().equals(other.operation().verb());
    }

    /// {@return the number of the step after the first turn}
    public int end() {
        return start + length;
    }

    /// {@return who takes part in a turn}
    public Set<String> threads(Schedule schedule) {
        return schedule.steps().subList(start, end()).stream()
                .map(Step::thread)
                .map(ProgramThread::name)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
