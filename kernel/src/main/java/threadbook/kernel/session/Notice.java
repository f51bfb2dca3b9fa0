package threadbook.kernel.session;

import java.util.LinkedHashMap;
import threadbook.kernel.protocol.MimeBundle;

/// A quiet line of the kernel's own under a cell: something displayed, not text, because what the program
/// prints stays the program's own, and nothing red.
final class Notice {
    private Notice() {}

    static MimeBundle of(String text) {
        var forms = new LinkedHashMap<String, String>();
        forms.put("text/html", "<small style=\"opacity:.7\">" + escaped(text) + "</small>");
        forms.put("text/plain", text);
        return new MimeBundle(forms);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
