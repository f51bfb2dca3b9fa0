package threadbook.lab.explore.search;

import java.util.List;
import threadbook.lab.explore.engine.Choices;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;

/// Which thread did each step of a schedule, so that it can be run again.
///
/// @param choices      in the order of the steps
/// @param preemptions  how often the turn was taken from a thread that could have gone on
public record Path(List<Choice> choices, int preemptions) implements Comparable<Path> {

    /// Who did a step.
    ///
    /// @param thread  the id of the thread
    /// @param branch  which way its operation went
    public record Choice(int thread, int branch) {}

    public Path {
        choices = List.copyOf(choices);
    }

    /// {@return the path of a schedule that was run}
    public static Path of(Schedule schedule) {
        return new Path(
                schedule.steps().stream()
                        .map(step -> new Choice(step.thread().id(), step.branch()))
                        .toList(),
                schedule.preemptions());
    }

    /// {@return the chooser that goes this way again}, and cuts where it ends
    ///
    /// It throws [NotRepeatedException] where the program does something else than before.
    public Chooser again() {
        return (at, possible, engine) -> at < choices.size() ? find(at, possible) : Chooser.CUT;
    }

    /// {@return the chooser that goes this way and then on with the first thread that can}
    public Chooser begun() {
        return (at, possible, engine) -> at < choices.size() ? find(at, possible) : 0;
    }

    private int find(int at, Choices possible) {
        Choice wanted = choices.get(at);
        for (int choice = 0; choice < possible.count(); choice++) {
            if (possible.thread(choice) == wanted.thread && possible.branch(choice) == wanted.branch) {
                return choice;
            }
        }
        throw new NotRepeatedException("thread %d cannot do step %d any more".formatted(wanted.thread, at + 1));
    }

    /// Fewer preemptions first, then fewer steps.
    @Override
    public int compareTo(Path other) {
        return preemptions != other.preemptions
                ? Integer.compare(preemptions, other.preemptions)
                : Integer.compare(choices.size(), other.choices.size());
    }

    /// {@return whether a schedule is better than the path, without making its own path}
    static boolean better(Schedule schedule, Path known) {
        int preemptions = 0;
        for (Step step : schedule.steps()) {
            if (step.preempted()) {
                preemptions++;
            }
        }
        return preemptions != known.preemptions
                ? preemptions < known.preemptions
                : schedule.steps().size() < known.choices.size();
    }
}
