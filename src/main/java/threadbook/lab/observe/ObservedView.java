package threadbook.lab.observe;

import java.util.Locale;
import java.util.Map;

/// What was observed, as it is shown.
final class ObservedView {
    private ObservedView() {}

    static Map<String, String> of(Observed observed) {
        var rows = new StringBuilder();
        observed.counts()
                .forEach((outcome, count) -> rows.append(
                        "<tr><td>%s</td><td style=\"text-align:right\">%d</td><td style=\"text-align:right\">%s</td></tr>"
                                .formatted(escaped(outcome), count, percent(observed.share(outcome)))));
        String html = """
                <table><caption>On this machine</caption>\
                <thead><tr><th scope="col">outcome</th><th scope="col">runs</th><th scope="col">share</th></tr></thead>\
                <tbody>%s</tbody></table><small>%s</small>""".formatted(rows, note(observed));
        return Map.of("text/html", html, "text/plain", text(observed));
    }

    static String text(Observed observed) {
        var text = new StringBuilder();
        observed.counts()
                .forEach((outcome, count) ->
                        text.append("%-16s %10d %8s%n".formatted(outcome, count, percent(observed.share(outcome)))));
        return text + note(observed);
    }

    private static String note(Observed observed) {
        String runs = observed.runs() == 1 ? "1 run" : observed.runs() + " runs";
        return observed.hung()
                ? runs + "; the last one did not end, because its threads wait for each other."
                : runs + ". What did not come out may still be possible.";
    }

    static String percent(double share) {
        return share > 0 && share < 0.0001 ? "< 0.01 %" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
