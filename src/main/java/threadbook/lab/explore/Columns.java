package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.List;

/// A table in plain text: columns as wide as their widest cell.
final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    Columns row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /// {@return the rows, each ended by a line break}
    @Override
    public String toString() {
        var widths = new ArrayList<Integer>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ")
                        .append(row.get(i))
                        .repeat(' ', widths.get(i) - row.get(i).length());
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
