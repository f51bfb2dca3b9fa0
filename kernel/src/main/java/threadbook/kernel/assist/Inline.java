package threadbook.kernel.assist;

/// The inline tags of documentation comments, such as `{@code x}`, as HTML.
final class Inline {
    private Inline() {}

    static String html(String comment) {
        var html = new StringBuilder();
        int at = 0;
        while (at < comment.length()) {
            int open = comment.indexOf("{@", at);
            if (open < 0) {
                return html.append(comment, at, comment.length()).toString();
            }
            int close = closing(comment, open);
            html.append(comment, at, open).append(tag(comment.substring(open + 2, close)));
            at = Math.min(close + 1, comment.length());
        }
        return html.toString();
    }

    private static String tag(String inside) {
        int blank = 0;
        while (blank < inside.length() && !Character.isWhitespace(inside.charAt(blank))) {
            blank++;
        }
        String content = inside.substring(blank).strip();
        return switch (inside.substring(0, blank)) {
            case "code", "systemProperty" -> "<code>" + Javadoc.escaped(listing(inside.substring(blank))) + "</code>";
            case "literal" -> Javadoc.escaped(content);
            case "link" -> "<code>" + Javadoc.escaped(label(content)) + "</code>";
            case "linkplain" -> Javadoc.escaped(label(content));
            case "return" -> "Returns " + html(content) + ".";
            case "snippet" -> "<pre>" + Javadoc.escaped(snippet(content)) + "</pre>";
            case "index" -> content.split("\\s+", 2)[0];
            case "inheritDoc", "docRoot", "value" -> "";
            default -> html(content);
        };
    }

    /// Code of several lines keeps the indentation of its first one.
    private static String listing(String content) {
        int line = content.indexOf('\n');
        return line >= 0 && content.substring(0, line).isBlank()
                ? content.substring(line + 1).stripTrailing()
                : content.strip();
    }

    /// What a link shows: its label, or the name it refers to.
    private static String label(String content) {
        int depth = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (Character.isWhitespace(c) && depth == 0) {
                return content.substring(i).strip();
            }
        }
        return (content.startsWith("#") ? content.substring(1) : content).replace('#', '.');
    }

    private static String snippet(String content) {
        int colon = content.indexOf(':');
        return colon < 0 ? "" : content.substring(colon + 1).stripIndent().strip();
    }

    /// Where the brace that opens at `open` is closed, or the end.
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }
}
