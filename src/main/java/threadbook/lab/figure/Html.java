package threadbook.lab.figure;

/// Text on its way into a page.
public final class Html {
    private Html() {}

    /// {@return the text as it must stand between tags or in an attribute in double quotes}
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
