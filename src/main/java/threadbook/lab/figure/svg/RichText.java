package threadbook.lab.figure.svg;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Text with plotly's few marks: `<b>`, `<i>` and `<br>` mean something, other tags of its list are left
/// out, everything else is text.
final class RichText {
    private static final Pattern BREAK = Pattern.compile("(?i)<br ?/?>|\\R");
    private static final Pattern TAG = Pattern.compile("(?i)</?(?:b|i|u|em|s|sub|sup|span|a)(?: [^>]*)?>");
    private static final double UNKNOWN_CHARACTER = 0.6;

    /// Widths of the characters from space to `~` in Helvetica and its metric twins, in thousandths of the size.
    private static final int[] HELVETICA = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556,
        556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
                833,
        722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500,
                556,
        556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
                334,
        260, 334, 584
    };

    private RichText() {}

    static List<String> lines(String text) {
        return List.of(BREAK.split(text, -1));
    }

    /// {@return the text without its marks, on one line}
    static String plain(String text) {
        return TAG.matcher(BREAK.matcher(text).replaceAll(" ")).replaceAll("");
    }

    /// {@return the text as SVG on one line}
    static String tspans(String text) {
        String line = BREAK.matcher(text).replaceAll(" ");
        var svg = new StringBuilder();
        var tag = TAG.matcher(line);
        int from = 0;
        int open = 0;
        while (tag.find()) {
            svg.append(Canvas.escape(line.substring(from, tag.start())));
            from = tag.end();
            String mark = tag.group().toLowerCase(Locale.ROOT);
            if (mark.equals("<b>") || mark.equals("<i>")) {
                svg.append(mark.equals("<b>") ? "<tspan font-weight=\"bold\">" : "<tspan font-style=\"italic\">");
                open++;
            } else if ((mark.equals("</b>") || mark.equals("</i>")) && open > 0) {
                svg.append("</tspan>");
                open--;
            }
        }
        svg.append(Canvas.escape(line.substring(from)));
        svg.repeat("</tspan>", open);
        return svg.toString();
    }

    /// {@return about how wide the text is, in pixels: enough for margins and to see what would overlap}
    static double width(String text, double size) {
        return plain(text)
                        .codePoints()
                        .mapToDouble(c -> c >= ' ' && c <= '~' ? HELVETICA[c - ' '] / 1000.0 : UNKNOWN_CHARACTER)
                        .sum()
                * size;
    }
}
