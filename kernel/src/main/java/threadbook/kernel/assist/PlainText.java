package threadbook.kernel.assist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTML of documentation as text for a front end that shows no HTML: paragraphs, lists and listings keep
/// their lines.
final class PlainText {
    private static final Pattern LISTING = Pattern.compile("(?is)<pre[^>]*>(.*?)</pre>");
    private static final Pattern NUMERIC = Pattern.compile("&#(\\d{1,6});");

    private PlainText() {}

    static String of(String html) {
        var text = new StringBuilder();
        Matcher listing = LISTING.matcher(html);
        int at = 0;
        while (listing.find()) {
            text.append(flowing(html.substring(at, listing.start()))).append("\n\n");
            text.append(withoutTags(listing.group(1))
                            .replaceAll("^\\s*\n", "")
                            .stripIndent()
                            .stripTrailing()
                            .indent(4))
                    .append('\n');
            at = listing.end();
        }
        text.append(flowing(html.substring(at)));
        return entities(text.toString().replaceAll("\n{3,}", "\n\n")).strip();
    }

    private static String flowing(String html) {
        return withoutTags(html.replaceAll("\\s+", " ")
                        .replaceAll(
                                "(?i) ?<(?:p|/p|h\\d|/h\\d|ul|ol|/ul|/ol|table|/table|blockquote|/blockquote|dl|/dl)\\b[^>]*> ?",
                                "\n\n")
                        .replaceAll("(?i) ?<(?:li|dd)\\b[^>]*> ?", "\n  • ")
                        .replaceAll("(?i) ?<div style[^>]*> ?", "\n  ")
                        .replaceAll("(?i) ?<(?:br|tr|dt|/div|div)\\b[^>]*> ?", "\n"))
                .replaceAll("\n ?\n(?=  )", "\n");
    }

    private static String withoutTags(String html) {
        return html.replaceAll("</?\\p{Alpha}[^>]*>", "");
    }

    private static String entities(String text) {
        String named = text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&quot;", "\"")
                .replace("&le;", "≤")
                .replace("&ge;", "≥");
        return NUMERIC.matcher(named)
                .replaceAll(found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1)))))
                .replace("&amp;", "&");
    }
}
