package threadbook.kernel.handler;

import java.util.Locale;

/// How much of a cell's output is not shown.
///
/// @param lines     ends of lines
/// @param bytes     of UTF-8, of text and of what was displayed
/// @param displays  pictures, tables and the like
record LeftOut(long lines, long bytes, long displays) {
    static final LeftOut NOTHING = new LeftOut(0, 0, 0);

    static LeftOut text(String text) {
        return new LeftOut(text.chars().filter(c -> c == '\n').count(), Utf8.length(text), 0);
    }

    static LeftOut display(long bytes) {
        return new LeftOut(0, bytes, 1);
    }

    LeftOut and(LeftOut other) {
        return new LeftOut(lines + other.lines, bytes + other.bytes, displays + other.displays);
    }

    static String announced(long limit) {
        return "… This cell has shown %s, the most that a cell may show. The rest is left out."
                .formatted(number(limit, "byte"));
    }

    String described(long limit) {
        String pictures = displays == 0 ? "" : " and " + number(displays, "display");
        return "… Left out: %s%s, %s. A cell may show %s; THREADBOOK_OUTPUT_LIMIT sets how many."
                .formatted(number(lines, "line"), pictures, number(bytes, "byte"), number(limit, "byte"));
    }

    private static String number(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s")
                .replace(',', '\u202F');
    }
}
