package threadbook.lab.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import threadbook.lab.figure.Html;
import threadbook.lab.figure.JsonText;

/// The pieces of html that the views of explored programs are made of.
///
/// Read by everybody: colours are tints over the page's own, so that it is right on a dark ground too; none of
/// them says what no word says. Where styles and scripts are taken out, tables and pictures stay.
public final class Page {
    static final String SEQUENTIAL =
            "Sequentially consistent: what a machine may do beyond interleaving is not explored.";

    private static final String STYLE = "<style>" + resource("explore.css") + "</style>";

    private Page() {}

    /// {@return the text as it must stand in html}
    public static String escape(String text) {
        return Html.escape(text);
    }

    /// {@return the parts in a box that gives them their looks}
    public static String box(String... parts) {
        return "<div class=\"tb-x\">" + STYLE + String.join("", parts) + "</div>";
    }

    /// {@return a paragraph}; the text is escaped
    ///
    /// @param look  `ok`, `bad`, `open` or empty
    public static String line(String look, String text) {
        return "<p class=\"%s\">%s</p>".formatted(look, escape(text));
    }

    /// {@return a remark}; the text is escaped
    public static String remark(String text) {
        return "<p><small>" + escape(text) + "</small></p>";
    }

    /// {@return a script of this package}
    static String script(String name) {
        return "<script>" + resource(name) + "</script>";
    }

    /// {@return values for a script, as JSON}
    static String data(Object value) {
        return "<script type=\"application/json\">" + JsonText.of(value) + "</script>";
    }

    /// {@return a picture in an `img`, which notebooks of strangers show as well}
    static String picture(String svg, String alt) {
        String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        return "<figure style=\"margin:0\"><img style=\"max-width:100%%;height:auto\" alt=\"%s\" src=\"data:image/svg+xml;base64,%s\"></figure>"
                .formatted(escape(alt), data);
    }

    /// {@return the forms in which a value is shown, by MIME type}
    public static Map<String, String> bundle(String html, String text) {
        var bundle = new LinkedHashMap<String, String>();
        bundle.put("text/html", html);
        bundle.put("text/plain", text);
        return bundle;
    }

    /// {@return the number and what is counted}, as in "1 step"
    public static String count(long number, String one) {
        return number == 1 ? "1 " + one : number + " " + one + "s";
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("The library's own file " + name + " cannot be read.", broken);
        }
    }
}
