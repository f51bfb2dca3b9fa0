package threadbook.kernel.cell;

/// Java source of which only the code is left: comments and the insides of literals are spaces.
///
/// Has the length and the lines of the source, so that positions stay true; quotation marks stay.
/// Unfinished comments and literals end with the source or, where Java wants that, with their line.
public final class BareCode {
    private final String source;
    private final char[] bare;
    private int at;

    private BareCode(String source) {
        this.source = source;
        this.bare = source.toCharArray();
    }

    /// {@return the source without what is not code}
    public static String of(String source) {
        return new BareCode(source).strip();
    }

    private String strip() {
        while (at < bare.length) {
            if (source.startsWith("//", at)) {
                blankUntil(lineEnd());
            } else if (source.startsWith("/*", at)) {
                int close = source.indexOf("*/", at + 2);
                blankUntil(close < 0 ? bare.length : close + 2);
            } else if (source.startsWith("\"\"\"", at)) {
                literal("\"\"\"", bare.length);
            } else if (bare[at] == '"' || bare[at] == '\'') {
                literal(String.valueOf(bare[at]), lineEnd());
            } else {
                at++;
            }
        }
        return new String(bare);
    }

    private void literal(String quote, int limit) {
        at += quote.length();
        int end = at;
        while (end < limit && !source.startsWith(quote, end)) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        blankUntil(Math.min(end, limit));
        if (source.startsWith(quote, at)) {
            at += quote.length();
        }
    }

    private int lineEnd() {
        int end = source.indexOf('\n', at);
        return end < 0 ? bare.length : end;
    }

    private void blankUntil(int end) {
        for (; at < end; at++) {
            if (bare[at] != '\n') {
                bare[at] = ' ';
            }
        }
    }
}
