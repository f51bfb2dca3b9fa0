package threadbook.lab.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import threadbook.lab.explore.search.Ending;
import threadbook.lab.explore.search.Found;

/// The table of outcomes as it is shown.
final class OutcomeView {
    private static final int ROWS = 40; // more are in the table
    private static final int SPELLED = 50; // chars of a schedule whose steps are told one by one
    private static final int LONGEST = 160; // chars of a schedule

    /// What is shown of each outcome.
    ///
    /// @param example  which thread does each step of one of the shortest schedules
    record Line(String outcome, long schedules, Ending.Kind kind, List<String> example) {

        private String verdict() {
            return switch (kind) {
                case VALUE -> "all threads end";
                case THREW -> "a thread throws";
                case DEADLOCK -> "nobody can go on";
                case ENDLESS -> "no end in sight";
            };
        }
    }

    private OutcomeView() {}

    /// @param budget  how long the search was allowed to take
    static Map<String, String> of(List<Line> lines, Found found, Duration budget) {
        String counted = found.exhaustive() ? "in schedules" : "in schedules, at least";
        var html = new StringBuilder(
                "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Outcomes\"><table><caption>What can come out</caption><thead><tr>"
                        + "<th scope=\"col\">outcome</th><th scope=\"col\" class=\"n\">" + counted
                        + "</th><th scope=\"col\">verdict</th><th scope=\"col\">one of the shortest schedules</th>"
                        + "</tr></thead><tbody>");
        var text = new Columns().row(List.of("outcome", counted, "verdict", "one of the shortest schedules"));
        for (Line line : lines.subList(0, Math.min(lines.size(), ROWS))) {
            String outcome = Recorder.text(line.outcome);
            String example = schedule(line.example);
            html.append(
                    "<tr><th scope=\"row\">%s</th><td class=\"n\">%d</td><td class=\"%s\">%s</td><td><code>%s</code></td></tr>"
                            .formatted(
                                    Page.escape(outcome),
                                    line.schedules,
                                    line.kind == Ending.Kind.VALUE ? "" : "stuck",
                                    line.verdict(),
                                    Page.escape(example)));
            text.row(List.of(outcome, String.valueOf(line.schedules), line.verdict(), example));
        }
        html.append("</tbody></table></div>");
        var below = new StringBuilder();
        if (lines.size() > ROWS) {
            below.append("… and %d more outcomes: table() has them.\n".formatted(lines.size() - ROWS));
        }
        total(found, budget).forEach(line -> below.append(line).append('\n'));
        below.toString().lines().forEach(line -> html.append(Page.remark(line)));
        return Page.bundle(Page.box(html.toString()), (text.toString() + below).stripTrailing());
    }

    /// {@return the names in order}; a long schedule as in "T1×9 T2×10"
    static String schedule(List<String> threads) {
        String spelled = String.join(" ", threads);
        if (spelled.length() <= SPELLED) {
            return spelled;
        }
        var text = new StringBuilder();
        for (int i = 0; i < threads.size(); ) {
            int end = i + 1;
            while (end < threads.size() && threads.get(end).equals(threads.get(i))) {
                end++;
            }
            text.append(i == 0 ? "" : " ").append(threads.get(i)).append(end - i > 1 ? "×" + (end - i) : "");
            i = end;
        }
        return text.length() <= LONGEST
                ? text.toString()
                : text.substring(0, LONGEST) + "… (" + threads.size() + " steps)";
    }

    /// What the numbers are worth, a sentence each.
    private static List<String> total(Found found, Duration budget) {
        var lines = new ArrayList<String>();
        if (found.exhaustive()) {
            lines.add(found.schedules() == 1 ? "The only schedule." : "All %d schedules.".formatted(found.schedules()));
        } else {
            lines.add("At least: %d schedules were run, more exist. The time was over (budget %s s); more: budget(ms)."
                    .formatted(found.schedules(), budget.toMillis() / 1000.0));
        }
        if (found.race().isPresent()) {
            lines.add("The program has a data race: race() shows it. A machine may do more than any schedule.");
        }
        lines.add(Page.SEQUENTIAL);
        return lines;
    }
}
