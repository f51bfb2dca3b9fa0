package threadbook.lab.observe;

import java.util.Map;
import tech.tablesaw.api.Row;

/// Explored beside observed outcomes, as they are shown.
final class ComparedView {
    private ComparedView() {}

    static Map<String, String> of(Compared compared) {
        var rows = new StringBuilder();
        for (Row row : compared.table()) {
            String outcome = row.getString("outcome");
            boolean surprise = compared.surprises().contains(outcome);
            rows.append("""
                    <tr%s><td>%s</td><td style="text-align:right">%s</td><td style="text-align:right">%d</td>\
                    <td style="text-align:right">%s</td></tr>""".formatted(
                            surprise ? " style=\"font-weight:bold\"" : "",
                            ObservedView.escaped(outcome),
                            schedules(compared, row.getLong("schedules")),
                            row.getLong("runs"),
                            ObservedView.percent(row.getDouble("share"))));
        }
        String html = """
                <table><caption>What can come out, and what did on this machine</caption>\
                <thead><tr><th scope="col">outcome</th><th scope="col">schedules</th><th scope="col">runs</th>\
                <th scope="col">share of runs</th></tr></thead><tbody>%s</tbody></table>%s""".formatted(rows, paragraph(compared));
        return Map.of("text/html", html, "text/plain", text(compared));
    }

    private static String paragraph(Compared compared) {
        String note = ObservedView.escaped(note(compared));
        return compared.surprises().isEmpty()
                ? "<small>" + note + "</small>"
                : "<p role=\"alert\"><strong>" + note + "</strong></p>";
    }

    static String text(Compared compared) {
        var text = new StringBuilder("%-16s %10s %10s %9s%n".formatted("outcome", "schedules", "runs", "share"));
        for (Row row : compared.table()) {
            text.append("%-16s %10s %10d %9s%n"
                    .formatted(
                            row.getString("outcome"),
                            schedules(compared, row.getLong("schedules")),
                            row.getLong("runs"),
                            ObservedView.percent(row.getDouble("share"))));
        }
        return text + note(compared);
    }

    private static String schedules(Compared compared, long count) {
        return compared.exhaustive() || count == 0 ? String.valueOf(count) : "≥ " + count;
    }

    private static String note(Compared compared) {
        if (compared.surprises().isEmpty()) {
            return "%d runs. Nothing came out that was not explored."
                    .formatted(compared.observed().runs());
        }
        String what = String.join(", ", compared.surprises());
        return compared.exhaustive()
                ? "This machine shows what no schedule has: %s. Its threads do more than take turns.".formatted(what)
                : "This machine shows what was not explored: %s. Not all schedules were run.".formatted(what);
    }
}
