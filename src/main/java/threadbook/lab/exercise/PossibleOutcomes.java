package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import threadbook.lab.exercise.Exercise.Prediction;
import threadbook.lab.explore.Outcomes;
import threadbook.runtime.Screen;

/// Which outcomes does this program have? Predicted first, then compared with every schedule.
///
/// Nothing is known here but the set of outcomes, by which the program is recognised: what is shown comes
/// out of the program that the student has explored.
///
/// @param outcomes  all that can come out, as texts
record PossibleOutcomes(String id, Set<String> outcomes, List<String> hints) implements Prediction {
    PossibleOutcomes {
        outcomes = Set.copyOf(outcomes);
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "predict(\"%1$s\", /* all that can come out */), then check(\"%1$s\", /* the explored program */)"
                .formatted(id);
    }

    @Override
    public Passed judge(List<String> predicted, List<Object> values) {
        var program = Program.in(values, this);
        program.requireOutcomes(outcomes);
        Outcomes explored = program.explored();
        var missed = program.outcomes().stream()
                .filter(outcome -> !predicted.contains(outcome))
                .toList();
        if (!missed.isEmpty()) {
            Screen.current().display(explored.replay(missed.getFirst()));
            throw new CheckFailed("Your prediction misses %s: the schedule above ends with it."
                    .formatted(missed.size() == 1 ? missed.getFirst() : missed.getFirst() + ", and more"));
        }
        for (String value : predicted) {
            if (!outcomes.contains(value)) {
                throw new CheckFailed("%s cannot happen: none of the %d schedules ends with it."
                        .formatted(value, explored.schedules()));
            }
        }
        var answer = new ArrayList<List<String>>();
        explored.counts().forEach((outcome, schedules) -> answer.add(List.of(outcome, schedules.toString())));
        return new Passed(id, "these are all, and you named them all.", List.of("outcome", "in schedules"), answer);
    }
}
