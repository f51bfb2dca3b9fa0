package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlayTest {
    private static Outcomes program(String name) {
        return Loaded.outcomes(
                name.equals("addAndDouble") || name.equals("crossed") ? Lessons.class : Shown.class, name);
    }

    private final Play crossed = program("crossed").play();

    private static JsonNode tree(Play play) {
        String html = play.mimeBundle().get("text/html");
        int start = html.indexOf("application/json\">") + "application/json\">".length();
        try {
            return new ObjectMapper().readTree(html.substring(start, html.indexOf("</script>", start)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /// How many ways through the page lead to which outcome.
    private static Map<String, Long> ways(JsonNode tree, int situation, Map<Integer, Map<String, Long>> known) {
        Map<String, Long> before = known.get(situation);
        if (before != null) {
            return before;
        }
        var all = new HashMap<String, Long>();
        String end =
                tree.get("w").get(tree.get("n").get(situation).get(3).asInt()).asText();
        if (!end.isEmpty()) {
            all.put(end, 1L);
        }
        for (JsonNode move : tree.get("n").get(situation).get(2)) {
            for (int i = 3; i < move.size(); i += 2) {
                ways(tree, move.get(i).asInt(), known)
                        .forEach((outcome, count) -> all.merge(outcome, count, Long::sum));
            }
        }
        known.put(situation, all);
        return all;
    }

    @Test
    void the_ways_through_the_page_are_the_schedules() {
        for (String name : List.of("addAndDouble", "crossed", "fresh", "notified", "starting", "spinning", "half")) {
            Outcomes program = program(name);

            assertThat(ways(tree(program.play()), 0, new HashMap<>())).as(name).isEqualTo(program.counts());
        }
    }

    @Test
    void situations_that_go_on_in_the_same_way_are_one() {
        JsonNode tree = tree(program("addAndDouble").play());

        assertThat(tree.get("cut").asBoolean()).isFalse();
        assertThat(tree.get("n")).hasSizeLessThan(19); // the tree of all 6 schedules has 19
    }

    @Test
    void steps_can_be_done_and_undone() {
        Play play = program("addAndDouble").play().step("T1").step("T2");

        assertThat(play.steps()).containsExactly("T1", "T2");
        assertThat(play.undo().steps()).containsExactly("T1");
        assertThat(play.step("T1").step("T2").ending()).contains("4");
        assertThat(play.steps()).hasSize(2);
        assertThat(play.ending()).isEmpty();
    }

    @Test
    void nothing_can_be_undone_at_the_beginning() {
        assertThatThrownBy(crossed::undo).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_thread_that_waits_does_nothing_and_says_why() {
        Play stuck = crossed.step("A").step("B").step("A").step("B");

        assertThat(stuck.steps()).containsExactly("A", "B");
        assertThat(stuck.ending()).contains("deadlock");
        assertThat(stuck.toString()).contains("B cannot go on: it waits for Lessons.a, which A holds.");
        assertThat(stuck.mimeBundle().get("text/html")).contains("B cannot go on");
    }

    @Test
    void a_thread_with_an_unknown_name_is_refused_with_the_names_there_are() {
        assertThatThrownBy(() -> crossed.step("C"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No thread is called \"C\". The threads: A, B.");
    }

    @Test
    void a_thread_that_has_ended_is_refused_with_those_who_can_go_on() {
        Play ended = crossed.step("A").step("A").step("A").step("A");

        assertThatThrownBy(() -> ended.step("A"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A has ended. Who can go on: B.");
    }

    @Test
    void a_notify_can_wake_either_of_two() {
        Play play = program("notified").play();
        for (String thread : List.of("W1", "W1", "W1", "W2", "W2", "W2", "N", "N")) {
            play = play.step(thread);
        }
        Play waiting = play;

        assertThat(waiting.step("N", 1).step("N").ready()).containsExactly("W1");
        assertThat(waiting.step("N", 2).step("N").ready()).containsExactly("W2");
        assertThatThrownBy(() -> waiting.step("N", 3)).hasMessageContaining("2 ways");
    }

    @Test
    void without_scripts_it_shows_who_can_do_what() {
        String html = crossed.step("A").step("B").undo().mimeBundle().get("text/html");
        String still = html.substring(html.indexOf("class=\"still\""), html.indexOf("<script"));

        assertThat(still).contains("<th scope=\"row\">B</th><td>lock Lessons.b</td>", "lock Lessons.a", ">yes<");
    }

    @Test
    void what_was_done_before_is_in_the_page() {
        JsonNode tree = tree(program("addAndDouble").play().step("T1").step("T1"));

        assertThat(tree.get("h")).hasSize(2);
        assertThat(tree.get("w").get(tree.get("h").get(1).get(1).asInt()).asText())
                .isEqualTo("write Lessons.x = 3");
        assertThat(tree.get("w").get(tree.get("b").get(0).asInt()).asText()).isEqualTo("2");
    }

    @Test
    void a_page_holds_so_many_situations_and_says_where_it_is_cut() {
        Play play = program("many").play();
        JsonNode tree = tree(play);
        Set<Integer> leads = new HashSet<>();
        tree.get("n")
                .forEach(situation -> situation.get(2).forEach(move -> {
                    for (int i = 3; i < move.size(); i += 2) {
                        leads.add(move.get(i).asInt());
                    }
                }));

        assertThat(tree.get("n")).hasSizeLessThanOrEqualTo(PlayTree.SITUATIONS);
        assertThat(tree.get("cut").asBoolean()).isTrue();
        assertThat(leads).contains(-1);
        assertThat(play.mimeBundle().get("text/html"))
                .contains("Too many situations for a page")
                .hasSizeLessThan(150_000);
    }

    @Test
    void a_page_that_was_cut_can_be_played_on_from_code() {
        var threads = new ArrayList<String>();
        Play play = program("many").play();
        for (int i = 0; i < 30; i++) {
            play = play.step(i % 2 == 0 ? "T1" : "T2");
            threads.add(i % 2 == 0 ? "T1" : "T2");
        }

        assertThat(play.steps()).isEqualTo(threads);
        assertThat(play.ready()).containsExactly("T1", "T2", "T3");
    }
}
