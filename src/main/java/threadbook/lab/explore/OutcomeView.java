package threadbook.lab.explore;

import java.util.List;
import java.util.Map;

/// The table of outcomes as it is shown.
final class OutcomeView {
    private OutcomeView() {}

    static Map<String, String> of(Outcomes outcomes, List<Outcomes.Line> lines) {
        String total = outcomes.exhaustive()
                ? "All %d schedules.".formatted(outcomes.schedules())
                : "At least: %d schedules were run, there are more.".formatted(outcomes.schedules());
        var html = new StringBuilder(
                "<table><thead><tr><th>outcome</th><th>schedules</th><th>one of the shortest</th></tr></thead><tbody>");
        var text = new StringBuilder();
        for (Outcomes.Line line : lines) {
            html.append("<tr><td>%s</td><td style=\"text-align:right\">%d</td><td><code>%s</code></td></tr>"
                    .formatted(escaped(line.outcome()), line.schedules(), escaped(line.example())));
            text.append("%-12s %8d   %s%n".formatted(line.outcome(), line.schedules(), line.example()));
        }
        html.append("</tbody></table><small>").append(total).append("</small>");
        return Map.of("text/html", html.toString(), "text/plain", text + total);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
