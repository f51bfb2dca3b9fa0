package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import threadbook.lab.exercise.Exercise.Claim;
import threadbook.lab.exercise.Exercise.Prediction;

/// All exercises, and what the student of this notebook has predicted and asked for.
///
/// Any thread may call it.
public final class ExerciseBook {

    private final Map<String, Exercise> exercises = new TreeMap<>();

    // Written by whichever thread runs the cell.
    private final Map<String, Predicted> predictions = new ConcurrentHashMap<>();
    private final Map<String, Integer> hints = new ConcurrentHashMap<>();

    ExerciseBook(List<Exercise> exercises) {
        exercises.forEach(exercise -> this.exercises.put(exercise.id(), exercise));
    }

    /// {@return a book of the exercises of all lessons, in which nothing has been written}
    public static ExerciseBook ofAllLessons() {
        return new ExerciseBook(Stream.of(
                        Lesson01.exercises(),
                        Lesson02.exercises(),
                        Lesson03.exercises(),
                        Lesson04.exercises(),
                        Lesson05.exercises(),
                        Lesson07.exercises(),
                        Lesson09.exercises())
                .flatMap(List::stream)
                .toList());
    }

    /// {@return the prediction, noted}; a later one takes its place
    ///
    /// @param values  at least one; collections and arrays of `int` count as the values in them
    public Predicted predict(String id, Object... values) {
        var exercise = find(id);
        if (!(exercise instanceof Prediction)) {
            throw new IllegalArgumentException("%s asks for no prediction; hand in %s".formatted(id, exercise.usage()));
        }
        var texts = texts(Arrays.asList(values));
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("A prediction needs at least one value: " + exercise.usage());
        }
        var predicted = new Predicted(id, texts);
        predictions.put(id, predicted);
        return predicted;
    }

    private static List<String> texts(List<?> values) {
        var texts = new ArrayList<String>();
        for (Object value : values) {
            switch (value) {
                case Iterable<?> several -> several.forEach(each -> texts.add(String.valueOf(each)));
                case int[] numbers -> Arrays.stream(numbers).forEach(number -> texts.add(String.valueOf(number)));
                case Object one -> texts.add(one.toString());
            }
        }
        return texts;
    }

    /// {@return the praise} for what was predicted, or for what is handed in
    ///
    /// @param values  what the exercise asks for: a program, a schedule, a measurement
    /// @throws CheckFailed  if it is not right yet, or nothing was predicted
    public Passed check(String id, Object... values) {
        return switch (find(id)) {
            case Prediction prediction -> {
                var predicted = predictions.get(id);
                if (predicted == null) {
                    throw new CheckFailed("Predict first, then check: " + prediction.usage());
                }
                yield prediction.judge(predicted.values(), Arrays.asList(values));
            }
            case Claim claim -> claim.judge(Arrays.asList(values));
        };
    }

    /// {@return the hints so far, with one more than the last time}
    public Hint hint(String id) {
        var all = find(id).hints();
        int revealed = hints.merge(id, 1, (before, one) -> Math.min(before + one, all.size()));
        return new Hint(id, all.subList(0, revealed), all.size() - revealed);
    }

    private Exercise find(String id) {
        var exercise = exercises.get(id);
        if (exercise == null) {
            throw new IllegalArgumentException(
                    "There is no exercise \"%s\"; there are %s".formatted(id, String.join(", ", exercises.keySet())));
        }
        return exercise;
    }
}
