package threadbook.lab.exercise;

import java.util.List;
import java.util.Map;
import threadbook.lab.measure.TextTable;

/// An exercise is solved.
///
/// @param id       the exercise
/// @param message  what was right, in a sentence
/// @param header   columns of the answer's table; empty if there is no table
/// @param answer   rows of the answer's table
public record Passed(String id, String message, List<String> header, List<List<String>> answer) {

    /// Solved, without a table.
    Passed(String id, String message) {
        this(id, message, List.of(), List.of());
    }

    private TextTable text() {
        return new TextTable(header, answer, List.of("✔ %s: %s".formatted(id, message)));
    }

    /// {@return the message as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", text().html(), "text/plain", toString());
    }

    @Override
    public String toString() {
        return text().text();
    }
}
