package threadbook.lab.explore;

import java.util.List;
import java.util.Map;

/// Whether two threads touch a variable without anything that orders it: the first data race that was
/// seen, or that none was.
///
/// @param object      what both touch, as in "x"; empty if there was no race
/// @param sides       the two accesses, in the order of the schedule in which they were seen; or none
/// @param schedules   how many schedules were looked at
/// @param exhaustive  whether there are no others
public record RaceReport(String object, List<Side> sides, long schedules, boolean exhaustive) {
    public RaceReport {
        sides = List.copyOf(sides);
    }

    /// One of the two accesses.
    ///
    /// @param thread  who did it
    /// @param verb    as in "write"
    /// @param source  the text of the line, empty if nobody knows it
    /// @param place   where, as in "cell 7, line 3"
    /// @param held    the locks that the thread held
    public record Side(String thread, String verb, String source, String place, List<String> held) {
        public Side {
            held = List.copyOf(held);
        }

        private String locks() {
            return held.isEmpty() ? "no lock" : String.join(", ", held);
        }

        private String text(String object) {
            return "%s: %s %s in %s%s, holding %s"
                    .formatted(thread, verb, object, place, source.isEmpty() ? "" : ": " + source, locks());
        }
    }

    /// {@return whether there is a data race}
    public boolean found() {
        return !sides.isEmpty();
    }

    private String headline() {
        String looked = !exhaustive
                ? "%d schedules; there are more"
                : schedules == 1 ? "the only schedule" : "all %d schedules";
        return found()
                ? "Data race on %s: two threads touch it, at least one writes, and nothing orders them."
                        .formatted(object)
                : "No data race in " + looked.formatted(schedules) + ".";
    }

    /// What is missing, in words.
    private String missing() {
        Side first = sides.getFirst();
        Side second = sides.getLast();
        List<String> common = first.held.stream().filter(second.held::contains).toList();
        return """
                There is no happens-before edge from %s's %s to %s's %s: no unlock of a lock that the other locks \
                afterwards, no volatile or atomic variable, no start and no join between them (JLS 17.4.5).%s""".formatted(
                        first.thread,
                        first.verb,
                        second.thread,
                        second.verb,
                        common.isEmpty() ? " The two hold no lock in common." : "");
    }

    /// {@return both accesses and what is missing, as html}
    String details() {
        var rows = new StringBuilder();
        for (Side side : sides) {
            rows.append("<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                            Page.escape(side.thread),
                            Page.escape(side.verb + " " + object),
                            ReplayView.source(side.source, side.place),
                            Page.escape(side.locks())));
        }
        return "<div class=\"wide\"><table><caption>Data race on %s</caption><thead><tr><th scope=\"col\">thread</th><th scope=\"col\">access</th><th scope=\"col\">where</th><th scope=\"col\">locks held</th></tr></thead><tbody>%s</tbody></table></div>%s"
                .formatted(Page.escape(object), rows, Page.line("", missing()));
    }

    /// {@return the report as html and as text}
    public Map<String, String> mimeBundle() {
        String html = found()
                ? Page.box(Page.line("bad", headline()), details())
                : Page.box(Page.line(exhaustive ? "ok" : "open", headline()), Page.remark(Page.SEQUENTIAL));
        return Page.bundle(html, toString());
    }

    /// {@return the report as text}
    @Override
    public String toString() {
        return found()
                ? headline()
                        + "\n"
                        + sides.getFirst().text(object)
                        + "\n"
                        + sides.getLast().text(object)
                        + "\n"
                        + missing()
                : headline();
    }
}
