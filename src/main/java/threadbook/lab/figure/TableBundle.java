package threadbook.lab.figure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/// The forms in which a table is published, as MIME type to content: html and text.
///
/// A long table is cut after [#ROWS] rows and says how many more there are; `table.last(20)` or a
/// selection shows others.
final class TableBundle {
    /// The most rows that are shown.
    static final int ROWS = 20;

    private static final String STYLE = "font-size:15px;border-collapse:collapse;font-variant-numeric:tabular-nums";

    private TableBundle() {}

    static Map<String, String> of(Table table) {
        var cells = TableCells.of(table, ROWS);
        var bundle = new LinkedHashMap<String, String>();
        bundle.put("text/html", html(table.name(), cells));
        bundle.put("text/plain", text(cells));
        return bundle;
    }

    private static String html(String name, TableCells table) {
        var html = new StringBuilder("<table style=\"").append(STYLE).append("\">");
        if (name != null && !name.isBlank()) { // Tablesaw allows a table without a name
            html.append("<caption style=\"caption-side:top;text-align:left;padding:4px 10px\">")
                    .append(Html.escape(name))
                    .append("</caption>");
        }
        html.append("<thead><tr>");
        for (var column : table.columns()) {
            html.append("<th scope=\"col\" style=\"").append(cellStyle(column)).append("\">");
            html.append(Html.escape(column.name())).append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < table.rows(); row++) {
            html.append("<tr>");
            for (var column : table.columns()) {
                html.append("<td style=\"").append(cellStyle(column)).append("\">");
                html.append(Html.escape(column.cells().get(row))).append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (table.hidden() > 0) {
            html.append("<p style=\"font-size:15px\">")
                    .append(more(table.hidden()))
                    .append("</p>");
        }
        return html.toString();
    }

    private static String cellStyle(TableCells.Cells column) {
        return "padding:4px 10px;text-align:" + (column.numeric() ? "right" : "left");
    }

    private static String more(int rows) {
        return rows == 1
                ? "… and 1 more row"
                : String.format(Locale.ROOT, "… and %,d more rows", rows).replace(',', '\u202F');
    }

    private static String text(TableCells table) {
        var widths = table.columns().stream()
                .mapToInt(column -> IntStream.concat(
                                IntStream.of(column.name().length()),
                                column.cells().stream().mapToInt(String::length))
                        .max()
                        .orElse(0))
                .toArray();
        var text = new StringBuilder();
        for (int row = -1; row < table.rows(); row++) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                var column = table.columns().get(i);
                String cell = row < 0 ? column.name() : column.cells().get(row);
                String air = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : "  ").append(column.numeric() ? air + cell : cell + air);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        if (table.hidden() > 0) {
            text.append(more(table.hidden()));
        }
        return text.toString().stripTrailing();
    }
}
