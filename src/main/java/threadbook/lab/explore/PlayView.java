package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A played program as it is shown: buttons where scripts run, and otherwise a table of who can do what.
final class PlayView {
    private static final String CUT =
            "Too many situations for a page: only those of the first steps are here. Go on from the notebook, with step(\"…\").";

    private PlayView() {}

    /// {@return a step, what it has lost and what was printed by it}
    static String done(Replay.Moment step) {
        String printed = step.printed().strip();
        String lost = step.lost() ? ": overwrites what " + step.thread() + " has not seen" : "";
        return step.text() + lost + (printed.isEmpty() ? "" : ", prints " + printed);
    }

    /// @param refused  that the last turn did nothing and why, or empty
    /// @param tree     what [PlayTree] has found
    static String html(Position position, String refused, Map<String, Object> tree) {
        return Page.box(
                refused.isEmpty() ? "" : Page.line("bad", refused),
                "<div class=\"still\">",
                position.over() ? "" : next(position),
                ReplayView.table(position.past()),
                ReplayView.ending(position.past()),
                "</div>",
                Boolean.TRUE.equals(tree.get("cut")) ? Page.remark(CUT) : "",
                Page.data(tree),
                Page.script("play.js"));
    }

    private static String next(Position position) {
        var html = new StringBuilder(
                "<div class=\"wide\"><table><caption>Who does the next step?</caption><thead><tr><th scope=\"col\">thread</th><th scope=\"col\">next step</th><th scope=\"col\">where</th><th scope=\"col\">can it go?</th></tr></thead><tbody>");
        for (Position.Next next : position.next()) {
            html.append("<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td class=\"%s\">%s</td></tr>"
                    .formatted(
                            Page.escape(next.name()),
                            Page.escape(next.text()),
                            ReplayView.source(next.source(), next.place()),
                            next.enabled() ? "run" : "stuck",
                            next.enabled() ? "yes" : Page.escape("no: it " + next.reason())));
        }
        return html.append("</tbody></table></div>")
                .append(Page.line("", variables(position)))
                .toString();
    }

    private static String variables(Position position) {
        var all = new ArrayList<String>();
        position.variables().forEach((name, value) -> all.add(name + " = " + value));
        return String.join(", ", all);
    }

    static String text(Position position, String refused) {
        var lines = new ArrayList<String>();
        if (!position.past().steps().isEmpty() || position.over()) {
            lines.add(ReplayText.of(position.past()));
        }
        if (!refused.isEmpty()) {
            lines.add(refused);
        }
        if (!position.over()) {
            lines.add(variables(position));
            var table = new Columns();
            for (Position.Next next : position.next()) {
                String can = next.enabled() ? "can go" : next.reason();
                table.row(List.of(next.name(), next.text(), next.place(), can));
            }
            lines.add(table.toString().stripTrailing());
            lines.add("Who does the next step? step(\"%s\")"
                    .formatted(position.next().stream()
                            .filter(Position.Next::enabled)
                            .map(Position.Next::name)
                            .findFirst()
                            .orElse("…")));
        }
        lines.removeIf(String::isBlank);
        return String.join("\n", lines);
    }
}
