package threadbook.kernel.assist;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A documentation comment as a page: its HTML, and the same as plain text.
///
/// Knows the inline and block tags of the JDK's own comments; a tag it does not know is shown as its
/// content.
record Javadoc(String html, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)[ \\t]*");
    private static final Pattern NAMED = Pattern.compile("(\\S+)\\s*(.*)", Pattern.DOTALL);

    static Javadoc of(String comment) {
        Matcher block = BLOCK.matcher(comment);
        int end = block.find() ? block.start() : comment.length();
        var html = new StringBuilder("<div>")
                .append(Inline.html(comment.substring(0, end).strip()))
                .append("</div>");
        String open = "";
        while (end < comment.length()) {
            String tag = block.group(1);
            int start = block.end();
            end = block.find() ? block.start() : comment.length();
            String title = title(tag);
            if (title.isEmpty()) {
                continue;
            }
            if (!title.equals(open)) {
                html.append("<p><b>").append(title).append("</b></p>");
                open = title;
            }
            html.append("<div style=\"margin-left:2em\">")
                    .append(entry(tag, comment.substring(start, end).strip()))
                    .append("</div>");
        }
        return new Javadoc(html.toString(), PlainText.of(html.toString()));
    }

    private static String entry(String tag, String content) {
        Matcher named = NAMED.matcher(content);
        if (List.of("param", "throws", "exception").contains(tag) && named.matches()) {
            return "<code>" + escaped(named.group(1)) + "</code> " + Inline.html(named.group(2));
        }
        return tag.equals("see") && !content.startsWith("<") && !content.startsWith("\"")
                ? "<code>" + escaped(content.replace('#', '.')) + "</code>"
                : Inline.html(content);
    }

    /// The heading of a block tag; empty for one that helps nobody here.
    private static String title(String tag) {
        return switch (tag) {
            case "param" -> "Parameters";
            case "return" -> "Returns";
            case "throws", "exception" -> "Throws";
            case "see" -> "See also";
            case "since" -> "Since";
            case "deprecated" -> "Deprecated";
            case "apiNote", "implNote" -> "Note";
            case "implSpec" -> "How it is done here";
            default -> "";
        };
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
