package threadbook.lab.exercise;

import java.util.List;
import java.util.function.Function;
import threadbook.lab.exercise.Exercise.Prediction;

/// What will this measurement show? One of a few words, predicted before it is made and judged by it.
///
/// @param <T>     what is measured
/// @param data    its class
/// @param drawn   what to hand in
/// @param words   the words to choose from
/// @param reader  says which word the data show; throws [CheckFailed] if they show none
record PredictedReading<T>(
        String id, Class<T> data, String drawn, List<String> words, Function<T, Seen> reader, List<String> hints)
        implements Prediction {

    /// What the data show.
    ///
    /// @param why  the figures that decide it, as a sentence
    record Seen(String word, String why) {}

    PredictedReading {
        words = List.copyOf(words);
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "predict(\"%1$s\", \"%2$s\"), then check(\"%1$s\", /* %3$s */)"
                .formatted(id, String.join("\" or \"", words), drawn);
    }

    @Override
    public Passed judge(List<String> predicted, List<Object> values) {
        if (predicted.size() != 1 || !words.contains(predicted.getFirst())) {
            throw new CheckFailed("Predict one of \"%s\".".formatted(String.join("\", \"", words)));
        }
        if (values.size() != 1 || !data.isInstance(values.getFirst())) {
            throw new CheckFailed("Hand in %s: %s".formatted(drawn, usage()));
        }
        Seen seen = reader.apply(data.cast(values.getFirst()));
        if (!seen.word.equals(predicted.getFirst())) {
            throw new CheckFailed("You predicted \"%s\", but %s.".formatted(predicted.getFirst(), seen.why));
        }
        return new Passed(id, "\"%s\" it is: %s.".formatted(seen.word, seen.why));
    }
}
