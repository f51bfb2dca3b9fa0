package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A replay as the rows of a table: what the views as html and as text have in common.
///
/// @param variables  names of the columns behind those of the threads
/// @param locks      whether any lock is held in any step
/// @param rows       one for each step that is shown
/// @param hidden     how many steps in the middle are not
record ReplayRows(List<String> variables, boolean locks, List<Row> rows, int hidden) {
    private static final int MOST = 200; // steps that are shown
    private static final int WIDEST = 6; // variables that have a column of their own
    private static final int LAST = 50; // steps that are shown of the end of a long schedule

    /// One step.
    ///
    /// @param number  from 1
    /// @param column  of the thread, from 0
    /// @param before  what the variables held before it, by name; none for those nobody knew yet
    /// @param gap     how many steps before it are not shown
    record Row(int number, int column, Replay.Moment step, Map<String, String> before, int gap) {

        /// {@return what a variable held before, if the step has changed it; otherwise empty}
        String overwritten(String variable) {
            String old = before.getOrDefault(variable, "");
            return old.equals(now(variable)) ? "" : old;
        }

        /// {@return whether the step has written a variable}
        boolean writes(String variable) {
            return step.object().equals(variable) && step.verb().equals("write")
                    || !overwritten(variable).isEmpty();
        }

        String now(String variable) {
            return step.variables().getOrDefault(variable, before.getOrDefault(variable, ""));
        }

        String mark() {
            return step.preempted() ? "⇄!" : step.switched() ? "⇄" : "";
        }

        /// {@return the step and what is to be said of it}
        String text() {
            String lost = step.lost() ? ": overwrites what " + step.thread() + " has not seen" : "";
            return step.text() + lost;
        }

        String locks() {
            var all = new ArrayList<String>();
            step.held().forEach((thread, held) -> all.add(thread + ": " + String.join(", ", held)));
            return String.join("; ", all);
        }
    }

    /// What the marks mean, as far as there are any.
    static String legend(Replay replay) {
        boolean switched = replay.steps().stream().anyMatch(Replay.Moment::switched);
        boolean preempted = replay.steps().stream().anyMatch(Replay.Moment::preempted);
        return !switched
                ? ""
                : preempted
                        ? "⇄ another thread goes on, ⇄! although the one before could have gone on."
                        : "⇄ another thread goes on.";
    }

    /// {@return a sentence about the whole}
    static String title(Replay replay) {
        long switches = replay.steps().stream().filter(Replay.Moment::switched).count();
        return "One schedule of %s: %s, %s"
                .formatted(
                        String.join(", ", replay.program()),
                        Page.count(replay.steps().size(), "step"),
                        switches == 1 ? "1 switch" : switches + " switches");
    }

    static ReplayRows of(Replay replay) {
        var values = new LinkedHashMap<String, String>(replay.begin());
        var names = new TreeMap<String, String>(replay.begin());
        replay.steps().forEach(step -> names.putAll(step.variables()));
        var rows = new ArrayList<Row>();
        int hidden = Math.max(0, replay.steps().size() - MOST);
        boolean locks = false;
        for (int i = 0; i < replay.steps().size(); i++) {
            Replay.Moment step = replay.steps().get(i);
            boolean inside = i < MOST - LAST || i >= MOST - LAST + hidden;
            if (inside) {
                int gap = i == MOST - LAST + hidden ? hidden : 0;
                rows.add(new Row(
                        i + 1, replay.program().indexOf(step.thread()), step, new LinkedHashMap<>(values), gap));
            }
            locks |= !step.held().isEmpty();
            values.putAll(step.variables());
        }
        var columns = List.copyOf(names.keySet());
        return new ReplayRows(columns.size() <= WIDEST ? columns : changing(rows), locks, rows, hidden);
    }

    /// The variables that change first: a table with more columns cannot be read.
    private static List<String> changing(List<Row> rows) {
        return rows.stream()
                .map(Row::step)
                .filter(step -> step.verb().equals("write"))
                .map(Replay.Moment::object)
                .distinct()
                .limit(WIDEST)
                .toList();
    }
}
