package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.runtime.Sources;

/// What the views say, not how they look.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ViewsTest {
    private static final int LARGEST = 12_000; // chars of html with its style and script

    private final Outcomes addAndDouble = Loaded.outcomes(Lessons.class, "addAndDouble");

    private static String html(Map<String, String> bundle) {
        return bundle.get("text/html");
    }

    private static String text(Map<String, String> bundle) {
        return bundle.get("text/plain");
    }

    /// The html as a notebook of a stranger shows it.
    private static String untrusted(Map<String, String> bundle) {
        return html(bundle).replaceAll("(?s)<(script|style).*?</\\1>", "").replaceAll(" (class|style)=\"[^\"]*\"", "");
    }

    @Test
    void each_outcome_has_its_schedules_its_verdict_and_an_example() {
        assertThat(text(addAndDouble.mimeBundle()))
                .containsPattern("3 +2 +all threads end +T1 T2 T2 T1")
                .containsPattern("6 +1 +all threads end +T1 T1 T2 T2")
                .contains("All 6 schedules.")
                .contains("Sequentially consistent");
        assertThat(untrusted(addAndDouble.mimeBundle()))
                .contains("<th scope=\"row\">6</th><td>1</td><td>all threads end</td><td><code>T1 T1 T2 T2</code></td>")
                .contains("<caption>", "<th scope=\"col\">outcome</th>", "All 6 schedules.");
    }

    @Test
    void a_table_of_some_of_the_schedules_says_so() {
        var bundle = Loaded.outcomes(Shown.class, "many").mimeBundle();

        assertThat(text(bundle)).contains("in schedules, at least", "more exist", "budget 0.3 s");
        assertThat(html(bundle)).contains("in schedules, at least", "more exist");
    }

    @Test
    void a_deadlock_is_an_outcome_of_the_table() {
        assertThat(text(Loaded.outcomes(Lessons.class, "crossed").mimeBundle()))
                .containsPattern("deadlock +2 +nobody can go on +A B");
    }

    @Test
    void a_thread_that_the_program_starts_is_called_by_its_name() {
        assertThat(text(Loaded.outcomes(Shown.class, "starting").mimeBundle()))
                .contains("child")
                .doesNotContain("thread 1");
    }

    @Test
    void a_long_schedule_is_told_in_short() {
        assertThat(OutcomeView.schedule(java.util.Collections.nCopies(20, "T1")))
                .isEqualTo("T1×20");
    }

    @Test
    void a_replay_has_a_row_for_each_step_and_strikes_out_what_is_overwritten() {
        String html = untrusted(addAndDouble.replay(4).mimeBundle());

        assertThat(html)
                .contains("<th scope=\"col\">T1</th><th scope=\"col\">T2</th><th scope=\"col\">Lessons.x</th>")
                .contains("<strong>read Lessons.x = 2</strong>")
                .contains("<del>2</del> <strong>3</strong>")
                .contains("<del>3</del> <strong>4</strong>")
                .contains("overwrites what T2 has not seen")
                .contains("2 ⇄!", "Outcome: 4");
        assertThat(text(addAndDouble.replay(4).mimeBundle()))
                .contains("read Lessons.x = 2", "2 → 3", "3 → 4", "overwrites what T2 has not seen", "Outcome: 4");
    }

    @Test
    void a_replay_shows_the_lines_that_somebody_knows() {
        var before = Sources.install(
                (file, line) -> file.equals("Lessons") ? Optional.of("  line <" + line + ">") : Optional.empty());

        try {
            assertThat(html(addAndDouble.replay(4).mimeBundle())).containsPattern("<code>line &lt;\\d+&gt;</code>");
        } finally {
            Sources.install(before);
        }
        assertThat(html(addAndDouble.replay(4).mimeBundle()))
                .contains("Lessons, line 22")
                .doesNotContain("<code>");
    }

    @Test
    void a_replay_of_a_deadlock_ends_with_those_who_wait() {
        assertThat(text(Loaded.outcomes(Lessons.class, "crossed")
                        .replay("deadlock")
                        .mimeBundle()))
                .contains("A: Lessons.a; B: Lessons.b")
                .containsPattern("A waits for Lessons.b, which B holds \\(Lessons, line \\d+\\), for ever")
                .containsPattern("B waits for Lessons.a, which A holds \\(Lessons, line \\d+\\), for ever");
    }

    @Test
    void what_a_thread_prints_stands_beside_its_step() {
        assertThat(text(Loaded.outcomes(Shown.class, "markup")
                        .replay("</script>\"'&")
                        .mimeBundle()))
                .containsPattern("read Shown.text = .*, prints .*<i>");
    }

    @Test
    void texts_of_the_program_are_no_markup() {
        Outcomes markup = Loaded.outcomes(Shown.class, "markup");

        for (var bundle : java.util.List.of(
                markup.mimeBundle(),
                markup.replay("</script>\"'&").mimeBundle(),
                markup.play().mimeBundle(),
                markup.race().mimeBundle(),
                markup.verify("x").mimeBundle())) {
            assertThat(html(bundle))
                    .doesNotContain("<b>", "<i>", "</script>\"", "</script>&quot;")
                    .contains("&lt;b&gt;");
        }
    }

    @Test
    void a_long_replay_leaves_out_its_middle() {
        var bundle = Loaded.outcomes(Shown.class, "many").replay(60).mimeBundle();

        assertThat(text(bundle)).contains("120 steps");
        assertThat(html(bundle)).hasSizeLessThan(60_000);
    }

    @Test
    void a_proof_says_for_what_it_stands() {
        var bundle = Loaded.outcomes(Lessons.class, "locked").verify(30).mimeBundle();

        assertThat(text(bundle))
                .contains("Proved: in every schedule the outcome is 30", "2 schedules stand for all")
                .contains("Sequentially consistent");
        assertThat(html(bundle)).contains("✓ Proved").doesNotContain("<table>");
    }

    @Test
    void a_refutation_shows_the_schedule() {
        var bundle = Loaded.outcomes(Lessons.class, "unlocked").verify(30).mimeBundle();

        assertThat(html(bundle))
                .contains("✗ Refuted", "Claimed: the outcome is 30", "<table>")
                .doesNotContain("✓");
        assertThat(text(bundle)).contains("One schedule of T1, T2: 4 steps");
    }

    @Test
    void a_race_keeps_the_badge_from_being_a_proof() {
        var bundle = addAndDouble.verify(3, 4, 5, 6).mimeBundle();

        assertThat(html(bundle))
                .contains("? Not proved", "Data race on Lessons.x")
                .doesNotContain("✓");
        assertThat(text(bundle)).contains("Not proved", "Data race on Lessons.x");
    }

    @Test
    void time_that_was_not_enough_is_no_proof() {
        var bundle = new Verdict.NotExhaustive("the outcome is 30", 7).mimeBundle();

        assertThat(html(bundle)).contains("? Not exhaustive: 7 schedules").doesNotContain("✓");
    }

    @Test
    void the_views_of_a_small_program_are_small() {
        assertThat(html(addAndDouble.mimeBundle())).hasSizeLessThan(LARGEST);
        assertThat(html(addAndDouble.replay(4).mimeBundle())).hasSizeLessThan(LARGEST);
        assertThat(html(addAndDouble.play().mimeBundle())).hasSizeLessThan(LARGEST);
        assertThat(html(addAndDouble.play().mimeBundle())).doesNotContain("http", "src=");
    }
}
