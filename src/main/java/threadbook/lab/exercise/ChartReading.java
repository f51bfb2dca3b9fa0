package threadbook.lab.exercise;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import threadbook.lab.exercise.Exercise.Claim;

/// What does this chart show? Several answers to choose from; which is right is computed from the data that
/// the chart was drawn from, so it may be another one on another machine.
///
/// @param <T>      what the chart is drawn from
/// @param data     its class
/// @param drawn    what to hand in, such as `the slices`
/// @param choices  the answers, for `"a"`, `"b"` and so on
/// @param reader   reads the data; throws [CheckFailed] if nothing can be read from them
record ChartReading<T>(
        String id, Class<T> data, String drawn, List<String> choices, Function<T, Reading> reader, List<String> hints)
        implements Claim {

    /// What the data say.
    ///
    /// @param right  the choices that are right, by their numbers from 0
    /// @param why    the figures that decide it, as a sentence
    record Reading(Set<Integer> right, String why) {
        Reading {
            right = Set.copyOf(right);
        }
    }

    ChartReading {
        choices = List.copyOf(choices);
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", /* %s */, \"%s\")".formatted(id, drawn, letter(0));
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 2 || !data.isInstance(values.getFirst()) || !(values.getLast() instanceof String chosen)) {
            throw new CheckFailed("Hand in %s and the letter of your answer: %s".formatted(drawn, usage()));
        }
        int choice = choice(chosen);
        Reading reading = reader.apply(data.cast(values.getFirst()));
        if (!reading.right.contains(choice)) {
            throw new CheckFailed(
                    "Not (%s), \"%s\": look again at what the data say.".formatted(chosen, choices.get(choice)));
        }
        return new Passed(id, "%s: %s".formatted(choices.get(choice), reading.why));
    }

    private int choice(String chosen) {
        for (int i = 0; i < choices.size(); i++) {
            if (letter(i).equals(chosen.strip())) {
                return i;
            }
        }
        throw new CheckFailed("\"%s\" is not one of the answers, which go from \"a\" to \"%s\"."
                .formatted(chosen, letter(choices.size() - 1)));
    }

    private static String letter(int index) {
        return String.valueOf((char) ('a' + index));
    }
}
