package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.List;

/// A replay as plain text.
final class ReplayText {
    private ReplayText() {}

    static String of(Replay replay) {
        ReplayRows table = ReplayRows.of(replay);
        var text = new Columns();
        var head = new ArrayList<String>(List.of("step", ""));
        head.addAll(replay.program());
        head.addAll(table.variables());
        if (table.locks()) {
            head.add("locks held");
        }
        text.row(head);
        text.row(begin(replay, table));
        for (ReplayRows.Row row : table.rows()) {
            if (row.gap() > 0) {
                text.row(List.of("…", row.gap() + " steps"));
            }
            text.row(cells(replay, table, row));
        }
        return (ReplayRows.title(replay) + "\n" + text + ending(replay) + ReplayRows.legend(replay)).stripTrailing();
    }

    private static List<String> begin(Replay replay, ReplayRows table) {
        var cells = new ArrayList<String>(List.of("0", ""));
        replay.program().forEach(_ -> cells.add(""));
        table.variables().forEach(name -> cells.add(replay.begin().getOrDefault(name, "")));
        return cells;
    }

    private static List<String> cells(Replay replay, ReplayRows table, ReplayRows.Row row) {
        var cells = new ArrayList<String>(List.of(String.valueOf(row.number()), row.mark()));
        for (int column = 0; column < replay.program().size(); column++) {
            cells.add(column == row.column() ? row.text() + printed(row) : "");
        }
        for (String name : table.variables()) {
            String old = row.overwritten(name);
            cells.add(old.isEmpty() ? row.now(name) : old + " → " + row.now(name));
        }
        if (table.locks()) {
            cells.add(row.locks());
        }
        return cells;
    }

    private static String printed(ReplayRows.Row row) {
        String text = row.step().printed().strip();
        return text.isEmpty() ? "" : ", prints " + text.replace("\n", " ⏎ ");
    }

    /// {@return what came out and who waits for ever, a line each}
    static String ending(Replay replay) {
        var lines = new StringBuilder();
        if (!replay.ending().isEmpty()) {
            lines.append("Outcome: ").append(replay.ending()).append('\n');
        }
        replay.waits().forEach(wait -> lines.append(wait.text()).append(", for ever\n"));
        return lines.toString();
    }
}
