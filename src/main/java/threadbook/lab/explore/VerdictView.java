package threadbook.lab.explore;

import java.util.Map;

/// A verdict as it is shown: never stronger than what it says itself.
final class VerdictView {
    private static final String ASSUMED =
            Page.SEQUENTIAL + " At most one waiting thread wakes up for no reason in each schedule.";

    private VerdictView() {}

    static Map<String, String> of(Verdict verdict) {
        String said = verdict.text();
        String html = switch (verdict) {
            case Verdict.Proved _ -> Page.box(Page.line("ok", "✓ " + said), Page.remark(ASSUMED));
            case Verdict.Refuted refuted -> {
                Replay replay = refuted.counterexample();
                yield Page.box(
                        Page.line("bad", "✗ " + said),
                        Page.line("", "Claimed: " + refuted.claim() + ". A schedule in which it fails:"),
                        ReplayView.table(replay),
                        ReplayView.ending(replay),
                        Page.script("replay.js"));
            }
            case Verdict.Racy racy ->
                Page.box(
                        Page.line("open", "? " + said),
                        racy.race().details(),
                        ReplayView.table(racy.example()),
                        ReplayView.ending(racy.example()),
                        Page.script("replay.js"));
            case Verdict.NotExhaustive _ -> Page.box(Page.line("open", "? " + said), Page.remark(ASSUMED));
        };
        String text = switch (verdict) {
            case Verdict.Proved _, Verdict.NotExhaustive _ -> said + "\n" + ASSUMED;
            case Verdict.Refuted refuted ->
                "%s\nClaimed: %s. A schedule in which it fails:\n%s"
                        .formatted(said, refuted.claim(), ReplayText.of(refuted.counterexample()));
            case Verdict.Racy racy -> said + "\n" + racy.race() + "\n" + ReplayText.of(racy.example());
        };
        return Page.bundle(html, text);
    }
}
