package threadbook.lab.explore;

import java.util.Map;

/// A replay as a table: a column for each thread, a row for each step.
final class ReplayView {
    private ReplayView() {}

    static Map<String, String> of(Replay replay) {
        return Page.bundle(Page.box(table(replay), ending(replay), Page.script("replay.js")), ReplayText.of(replay));
    }

    /// {@return the table alone}
    static String table(Replay replay) {
        ReplayRows table = ReplayRows.of(replay);
        var html = new StringBuilder("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Steps\"><table>");
        html.append("<caption>").append(Page.escape(ReplayRows.title(replay))).append("</caption><thead><tr>");
        head(html, "step");
        replay.program().forEach(name -> head(html, name));
        table.variables().forEach(name -> head(html, name));
        if (table.locks()) {
            head(html, "locks held");
        }
        html.append("</tr></thead><tbody>");
        begin(html, replay, table);
        for (ReplayRows.Row row : table.rows()) {
            row(html, replay, table, row);
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static void head(StringBuilder html, String text) {
        html.append("<th scope=\"col\">").append(Page.escape(text)).append("</th>");
    }

    private static void begin(StringBuilder html, Replay replay, ReplayRows table) {
        html.append("<tr data-said=\"Before the first step\"><th scope=\"row\">0</th>");
        html.append("<td colspan=\"%d\"><small>after the set-up</small></td>"
                .formatted(replay.program().size()));
        for (String name : table.variables()) {
            cell(html, "", Page.escape(replay.begin().getOrDefault(name, "")));
        }
        if (table.locks()) {
            cell(html, "", "");
        }
        html.append("</tr>");
    }

    private static void row(StringBuilder html, Replay replay, ReplayRows table, ReplayRows.Row row) {
        int columns = 1 + replay.program().size() + table.variables().size() + (table.locks() ? 1 : 0);
        if (row.gap() > 0) {
            html.append("<tr><td colspan=\"%d\">… %d steps are left out</td></tr>".formatted(columns, row.gap()));
        }
        Replay.Moment step = row.step();
        html.append("<tr class=\"%s\" data-said=\"%s\"><th scope=\"row\">%d%s</th>"
                .formatted(
                        step.switched() ? "sw" : "",
                        Page.escape("Step %d: %s %s".formatted(row.number(), step.thread(), row.text())),
                        row.number(),
                        row.mark().isEmpty() ? "" : " " + row.mark()));
        for (int column = 0; column < replay.program().size(); column++) {
            boolean mine = column == row.column();
            cell(html, mine ? "run" : "", mine ? done(row) : "");
        }
        for (String name : table.variables()) {
            value(html, row, name);
        }
        if (table.locks()) {
            cell(html, "", Page.escape(row.locks()));
        }
        html.append("</tr>");
    }

    private static String done(ReplayRows.Row row) {
        Replay.Moment step = row.step();
        String printed = step.printed().strip();
        return "%s<strong>%s</strong>%s"
                .formatted(
                        source(step.source(), step.place()),
                        Page.escape(row.text()),
                        printed.isEmpty() ? "" : "<br>prints <samp>" + Page.escape(printed) + "</samp>");
    }

    /// {@return the text of a line and where it is}
    static String source(String source, String place) {
        String where = place.isEmpty() ? "" : "<small>" + Page.escape(place) + "</small><br>";
        return source.isEmpty() ? where : "<code>" + Page.escape(source) + "</code> " + where;
    }

    private static void value(StringBuilder html, ReplayRows.Row row, String name) {
        String old = row.overwritten(name);
        String now = Page.escape(row.now(name));
        cell(
                html,
                row.writes(name) ? "new" : "",
                (old.isEmpty() ? "" : "<del>" + Page.escape(old) + "</del> ")
                        + (row.writes(name) ? "<strong>" + now + "</strong>" : now));
    }

    private static void cell(StringBuilder html, String look, String content) {
        html.append(look.isEmpty() ? "<td>" : "<td class=\"" + look + "\">")
                .append(content)
                .append("</td>");
    }

    /// {@return what came out, who waits for ever, and what the marks mean}
    static String ending(Replay replay) {
        var html = new StringBuilder();
        if (!replay.ending().isEmpty()) {
            html.append(Page.line(replay.waits().isEmpty() ? "open" : "bad", "Outcome: " + replay.ending()));
        }
        replay.waits().forEach(wait -> html.append(Page.line("bad", wait.text() + ", for ever")));
        String legend = ReplayRows.legend(replay);
        return html.append(legend.isEmpty() ? "" : Page.remark(legend)).toString();
    }
}
