package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import threadbook.lab.measure.TextTable;

/// The hints of an exercise that a student has asked for so far.
///
/// @param id        the exercise
/// @param revealed  from the first to the one just asked for, at least one
/// @param left      how many there are still to ask for
public record Hint(String id, List<String> revealed, int left) {
    public Hint {
        revealed = List.copyOf(revealed);
    }

    private TextTable text() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < revealed.size(); i++) {
            lines.add("Hint %d: %s".formatted(i + 1, revealed.get(i)));
        }
        lines.add(left == 0 ? "That was the last hint." : "%d more: run the cell again.".formatted(left));
        return new TextTable(List.of(), List.of(), lines);
    }

    /// {@return the hints as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", text().html(), "text/plain", toString());
    }

    @Override
    public String toString() {
        return text().text();
    }
}
