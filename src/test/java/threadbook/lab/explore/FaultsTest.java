package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Deadlocks, orders of locks and data races, as they are told.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaultsTest {
    private final Outcomes crossed = Loaded.outcomes(Lessons.class, "crossed");

    private static String picture(String html) {
        var data = Pattern.compile("base64,([^\"]*)").matcher(html);
        assertThat(data.find()).isTrue();
        return new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8);
    }

    @Test
    void a_deadlock_is_a_ring() {
        assertThat(crossed.deadlock().waitsFor()).isEqualTo("A -> Lessons.b -> B -> Lessons.a -> A");
        assertThat(crossed.deadlock())
                .hasToString(crossed.deadlock().mimeBundle().get("text/plain"));
    }

    @Test
    void locks_that_the_set_up_makes_are_called_by_their_variables() {
        assertThat(Loaded.outcomes(Shown.class, "fresh").deadlock().waitsFor())
                .isEqualTo("A -> Shown.b -> B -> Shown.a -> A");
    }

    @Test
    void the_ring_is_drawn_and_said_in_words() {
        String html = crossed.deadlock().mimeBundle().get("text/html");

        assertThat(html).contains("alt=\"Deadlock: A -&gt; Lessons.b", "for ever");
        assertThat(picture(html)).contains("<title>Deadlock: A", ">Lessons.a<", "waits for", "is held by");
    }

    @Test
    void a_deadlock_without_a_ring_says_so() {
        DeadlockCycle lost = Loaded.outcomes(Shown.class, "notified").deadlock();

        assertThat(lost.waitsFor()).isEqualTo("W2 -> Shown.monitor");
        assertThat(lost.toString()).contains("No ring", "W2 waits at Shown.monitor for a notify");
    }

    @Test
    void a_program_without_a_deadlock_is_refused_with_what_comes_out() {
        assertThatThrownBy(() -> Loaded.outcomes(Lessons.class, "locked").deadlock())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No deadlock: in all 2 schedules every thread can go on to its end. What comes out: 30.");
    }

    @Test
    void a_deadlock_that_may_have_been_missed_is_not_denied() {
        assertThatThrownBy(() -> Loaded.outcomes(Shown.class, "many").deadlock())
                .hasMessageContaining("there are more")
                .hasMessageContaining("budget");
    }

    @Test
    void the_order_of_locks_has_an_edge_for_each_thread_that_takes_one_in_the_other() {
        LockOrder order = crossed.lockOrder();

        assertThat(order.edges())
                .extracting(edge -> edge.thread() + " " + edge.held() + " " + edge.taken())
                .containsExactlyInAnyOrder("A Lessons.a Lessons.b", "B Lessons.b Lessons.a");
        assertThat(order.cycle()).isEqualTo("Lessons.a -> Lessons.b -> Lessons.a");
        assertThat(order.toString()).contains("A ring", "deadlock()");
        assertThat(picture(order.mimeBundle().get("text/html"))).contains(">Lessons.a<", "stroke-dasharray");
    }

    @Test
    void one_order_for_all_has_no_ring() {
        LockOrder order = Loaded.outcomes(Shown.class, "ordered").lockOrder();

        assertThat(order.edges()).hasSize(2);
        assertThat(order.cycle()).isEmpty();
        assertThat(order.toString()).contains("No ring: all threads take the locks in one order");
    }

    @Test
    void the_shortest_ring_is_told() {
        var edges = List.of(edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("c", "b"));

        assertThat(new LockOrder(edges, 1, true, true).cycle()).isEqualTo("b -> c -> b");
    }

    @Test
    void no_ring_in_some_schedules_is_no_promise() {
        assertThat(new LockOrder(List.of(edge("a", "b")), 5, false, false).toString())
                .contains("none was seen", "there are more");
    }

    @Test
    void locks_that_no_variable_leads_to_are_not_told_apart() {
        assertThat(new LockOrder(List.of(edge("a ReentrantLock", "a ReentrantLock")), 1, true, false).toString())
                .contains("not told apart");
    }

    private static LockOrder.Edge edge(String held, String taken) {
        return new LockOrder.Edge(held, taken, "T", "", "cell 1, line 1");
    }

    @Test
    void a_race_tells_both_accesses_with_their_locks_and_what_is_missing() {
        RaceReport race = Loaded.outcomes(Shown.class, "half").race();

        assertThat(race.found()).isTrue();
        assertThat(race.object()).isEqualTo("Shown.x");
        assertThat(race.sides())
                .extracting(side -> side.thread() + " " + side.verb() + " " + side.held())
                .containsExactly("T1 write [Shown.monitor]", "T2 write []");
        assertThat(race.sides().getFirst().place()).startsWith("Shown, line ");
        assertThat(race.toString())
                .contains("no happens-before edge from T1's write to T2's write", "no lock in common");
        assertThat(race.mimeBundle().get("text/html")).contains("no happens-before edge", "Shown.monitor");
    }

    @Test
    void no_race_says_in_how_many_schedules_none_was_found() {
        RaceReport none = Loaded.outcomes(Lessons.class, "locked").race();

        assertThat(none.found()).isFalse();
        assertThat(none).hasToString("No data race in all 2 schedules.");
        assertThat(new RaceReport("", List.of(), 9, false)).hasToString("No data race in 9 schedules; there are more.");
    }
}
