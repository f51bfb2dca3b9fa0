package threadbook.lab.exercise;

import java.util.List;

/// A prediction that has been noted.
///
/// @param id      the exercise
/// @param values  texts of the values predicted
public record Predicted(String id, List<String> values) {
    public Predicted {
        values = List.copyOf(values);
    }

    @Override
    public String toString() {
        return "Noted for %1$s: %2$s. Now see what happens, then check(\"%1$s\")."
                .formatted(id, String.join(", ", values));
    }
}
