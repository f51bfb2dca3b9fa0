package threadbook.lab.measure;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A small table with words under it, as a result shows itself: plain text and html.
///
/// The html has no colours but the page's own, so it suits light and dark pages alike, and sizes
/// that can be read from the back row. All texts are escaped.
///
/// @param header  names of the columns; empty: no table, only notes
/// @param rows    texts, as many in each row as there are columns
/// @param notes   sentences that stand under the table
public record TextTable(List<String> header, List<List<String>> rows, List<String> notes) {
    public TextTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
        for (var row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "A row needs %d texts, one for each of %s; found %s".formatted(header.size(), header, row));
            }
        }
    }

    /// {@return lines with columns that are aligned by spaces}
    public String text() {
        int[] widths = IntStream.range(0, header.size())
                .map(column -> columns()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var lines = columns().map(row -> line(row, widths));
        return Stream.concat(lines, notes.stream()).collect(Collectors.joining("\n"));
    }

    // The header and the rows, or nothing if there are no columns.
    private Stream<List<String>> columns() {
        return header.isEmpty() ? Stream.empty() : Stream.concat(Stream.of(header), rows.stream());
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("   "))
                .stripTrailing();
    }

    /// {@return an html table, with the notes in a paragraph each}
    public String html() {
        var html = new StringBuilder("<div style=\"font-size:16px;line-height:1.5\">");
        if (!header.isEmpty()) {
            html.append("<table style=\"border-collapse:collapse;font-size:16px\"><thead>")
                    .append(row("th", header))
                    .append("</thead><tbody>");
            rows.forEach(row -> html.append(row("td", row)));
            html.append("</tbody></table>");
        }
        notes.forEach(note ->
                html.append("<p style=\"margin:0.4em 0\">").append(escape(note)).append("</p>"));
        return html.append("</div>").toString();
    }

    private static String row(String tag, List<String> cells) {
        return cells.stream()
                .map(cell ->
                        "<%1$s style=\"text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid\">%2$s</%1$s>"
                                .formatted(tag, escape(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
