package threadbook.lab.process;

import java.util.Map;
import threadbook.lab.figure.Html;

/// A quiet line under a cell, about what the program itself does not say.
record Note(String text) {

    /// {@return the line as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", "<small style=\"opacity:.7\">" + Html.escape(text) + "</small>", "text/plain", text);
    }

    /// {@return what is said about variables that a process has changed for itself}
    ///
    /// @param who  such as `The process p1`
    static Note changed(String who, Iterable<String> names) {
        return new Note("%s has changed its own copy of %s; here everything is as before."
                .formatted(who, String.join(", ", names)));
    }

    @Override
    public String toString() {
        return text;
    }
}
