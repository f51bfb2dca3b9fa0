package threadbook.lab.explore;

import java.util.Map;

/// A verdict as it is shown.
final class VerdictView {
    private VerdictView() {}

    static Map<String, String> of(Verdict verdict) {
        String html = "<p><strong>" + OutcomeView.escaped(verdict.text()) + "</strong></p>";
        return Map.of("text/html", html, "text/plain", verdict.text());
    }
}
