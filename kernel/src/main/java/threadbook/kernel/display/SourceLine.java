package threadbook.kernel.display;

/// One line of a cell.
///
/// @param number  1 is the first
/// @param start   where it begins in the code, in UTF-16 units
/// @param text    without its end
record SourceLine(int number, int start, String text) {

    /// {@return the line in which a position lies}; a position behind the code lies in its last line
    static SourceLine at(String code, int position) {
        int within = Math.min(position, code.length());
        int start = code.lastIndexOf('\n', within - 1) + 1;
        int end = code.indexOf('\n', within);
        int number = 1
                + (int) code.substring(0, start).chars().filter(c -> c == '\n').count();
        return new SourceLine(
                number,
                start,
                code.substring(start, end < 0 ? code.length() : end).stripTrailing());
    }

    /// {@return spaces, and a caret under each character from `from` to `to` that is in this line, at least one}
    String carets(int from, int to) {
        int begin = Math.min(from - start, text.length());
        int end = Math.clamp(to - start, begin, text.length());
        var carets = new StringBuilder();
        // A tab stays a tab: how wide it is only the front end knows.
        text.substring(0, begin).codePoints().forEach(c -> carets.append(c == '\t' ? '\t' : ' '));
        return carets.append("^".repeat(Math.max(1, text.codePointCount(begin, end))))
                .toString();
    }
}
