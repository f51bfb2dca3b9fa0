package threadbook.lab.exercise;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import threadbook.lab.explore.Exploration;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.observe.Trial;

/// An explored program that a student hands in, and whether it is the one that was asked for.
///
/// @param explored  by the student, perhaps not yet looked at
record Program(Outcomes explored) {

    /// {@return the only value, if it is an explored program}
    ///
    /// @throws CheckFailed  if something else was handed in
    static Program in(List<Object> values, Exercise exercise) {
        if (values.size() == 1 && values.getFirst() instanceof Outcomes explored) {
            return new Program(explored);
        }
        throw new CheckFailed("Hand in an explored program: " + exercise.usage());
    }

    /// {@return what can come out}, as texts
    Set<String> outcomes() {
        return explored.counts().keySet();
    }

    /// Whether exactly this can come out, as in the program that the lesson shows.
    ///
    /// @throws CheckFailed  if not
    void requireOutcomes(Set<String> expected) {
        if (!outcomes().equals(expected)) {
            throw new CheckFailed(
                    "This is not the program of the exercise: something else can come out of it. Copy it again.");
        }
    }

    /// Whether each thread does its work when it is the only one.
    ///
    /// @param alone  what comes out if only this thread runs, in the order of the threads
    /// @throws CheckFailed  if not, or there are more or fewer threads
    void requireWork(List<String> alone) {
        Trial trial = explored.trial();
        if (trial.bodies().size() != alone.size()) {
            throw new CheckFailed("The program of the exercise has %d threads, yours has %d."
                    .formatted(alone.size(), trial.bodies().size()));
        }
        for (int i = 0; i < alone.size(); i++) {
            var found = Exploration.of(trial.setup())
                    .thread(trial.names().get(i), trial.bodies().get(i))
                    .outcome(trial.outcome())
                    .counts()
                    .keySet();
            if (!found.equals(Set.of(alone.get(i)))) {
                throw new CheckFailed("%s alone must end with %s, but ends with %s: it does not do its work any more."
                        .formatted(trial.names().get(i), alone.get(i), listed(found, "or")));
            }
        }
    }

    /// {@return the texts as in "3, 4 or 5"}
    static String listed(Collection<String> texts, String last) {
        var all = List.copyOf(texts);
        if (all.size() < 2) {
            return String.join("", all);
        }
        return all.subList(0, all.size() - 1).stream().collect(Collectors.joining(", ")) + " " + last + " "
                + all.getLast();
    }
}
