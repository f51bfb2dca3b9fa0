package threadbook.lab.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.Lab;
import threadbook.lab.explore.ExploredLoader;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchTest {
    private static final long LONG = 30_000; // ms; a ring is caught long before
    private static final long SHORT = 200;

    private final Class<?> programs = load();

    private static Class<?> load() {
        try {
            return new ExploredLoader(Crossed.class.getName()).loadClass(Crossed.class.getName());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("no programs", e);
        }
    }

    private Object call(String name) {
        try {
            return programs.getMethod(name).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private Caught watch(long millis, String name) {
        return call(name) instanceof Outcomes explored
                ? Lab.watch(millis, explored)
                : Lab.watch(millis, (Body) call(name));
    }

    @Test
    void two_threads_that_hold_what_the_other_wants_are_caught() {
        Caught caught = watch(LONG, "locks");

        assertThat(caught.deadlocked()).isTrue();
        assertThat(caught.waitsFor())
                .isIn(
                        "worker 0 -> Crossed.b -> worker 1 -> Crossed.a -> worker 0",
                        "worker 1 -> Crossed.a -> worker 0 -> Crossed.b -> worker 1");
    }

    @Test
    void the_locks_of_a_caught_deadlock_are_free_and_its_threads_gone() {
        Caught caught = watch(LONG, "locks");

        assertThat(caught.left()).isEmpty();
        assertThat(call("free")).isEqualTo(true);
    }

    @Test
    void a_thread_that_unlocks_on_its_way_out_does_not_unlock_twice() {
        Caught caught = watch(LONG, "careful");

        assertThat(caught.deadlocked()).isTrue();
        assertThat(caught.left()).isEmpty();
        assertThat(call("free")).isEqualTo(true);
    }

    @Test
    void the_order_of_locks_is_seen_with_its_ring() {
        Caught caught = watch(LONG, "locks");

        assertThat(caught.lockOrder().cycle())
                .isIn("Crossed.a -> Crossed.b -> Crossed.a", "Crossed.b -> Crossed.a -> Crossed.b");
        assertThat(caught.lockOrder().toString()).contains("The run ended in a deadlock");
    }

    @Test
    void monitors_are_caught_too_and_their_threads_named_as_left_behind() {
        Caught caught = watch(LONG, "monitors");

        assertThat(caught.waitsFor()).contains("worker 0 -> Crossed.n", "worker 1 -> Crossed.m");
        assertThat(caught.left()).contains("worker 0", "worker 1");
        assertThat(caught.toString()).contains("Java cannot end a thread that waits to enter a monitor");
    }

    @Test
    void a_ring_with_one_lock_in_it_can_be_left_by_all() {
        Caught caught = watch(LONG, "mixed");

        assertThat(caught.waitsFor()).contains("-> Crossed.m ->", "-> Crossed.a ->");
        assertThat(caught.left()).isEmpty();
    }

    @Test
    void threads_that_nobody_awaits_are_watched_too() {
        assertThat(watch(LONG, "unawaited").waitsFor())
                .isIn("A -> Crossed.b -> B -> Crossed.a -> A", "B -> Crossed.a -> A -> Crossed.b -> B");
    }

    @Test
    void who_awaits_the_end_of_a_thread_that_needs_its_lock_is_in_a_ring() {
        Caught caught = watch(LONG, "awaiting");

        assertThat(caught.deadlocked()).isTrue();
        assertThat(caught.toString())
                .contains("watched waits for the end of holder", "holder waits for Crossed.a, which watched");
    }

    @Test
    void a_program_without_a_deadlock_says_that_this_is_no_proof() {
        Caught caught = watch(LONG, "ordered");

        assertThat(caught.ending()).isEqualTo(Caught.Ending.ENDED);
        assertThat(caught.waitsFor()).isEqualTo("no deadlock");
        assertThat(caught.toString()).contains("No deadlock this time", "no proof");
        assertThat(caught.lockOrder().cycle()).isEmpty();
    }

    @Test
    void a_run_that_was_lucky_shows_the_ring_in_its_order_of_locks() {
        Caught caught = watch(LONG, "lucky");

        assertThat(caught.deadlocked()).isFalse();
        assertThat(caught.lockOrder().cycle()).isEqualTo("Crossed.a -> Crossed.b -> Crossed.a");
        assertThat(caught.lockOrder().toString()).contains("another one may");
    }

    @Test
    void threads_that_wait_for_what_nobody_does_are_stuck() {
        Caught caught = watch(SHORT, "forgetful");

        assertThat(caught.ending()).isEqualTo(Caught.Ending.STUCK);
        assertThat(caught.waitsFor()).isEqualTo("worker 0 -> Crossed.forgotten; worker 1 -> Crossed.forgotten");
        assertThat(caught.left()).isEmpty();
    }

    @Test
    void permits_that_ended_threads_had_are_given_back() {
        Caught caught = watch(SHORT, "permits");

        assertThat(caught.ending()).isEqualTo(Caught.Ending.STUCK);
        assertThat(call("available")).isEqualTo("2 and 1");
    }

    @Test
    void an_endless_loop_is_ended_when_the_time_is_over() {
        Caught caught = watch(SHORT, "endless");

        assertThat(caught.ending()).isEqualTo(Caught.Ending.RUNNING);
        assertThat(caught.left()).isEmpty();
    }

    @Test
    void what_the_program_throws_arrives() {
        assertThatThrownBy(() -> watch(LONG, "failing"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
    }

    @Test
    void an_explored_program_runs_until_it_deadlocks() {
        Caught caught = watch(LONG, "explored");

        assertThat(caught.waitsFor())
                .isIn("A -> Crossed.b -> B -> Crossed.a -> A", "B -> Crossed.a -> A -> Crossed.b -> B");
        assertThat(call("free")).isEqualTo(true);
    }

    @Test
    void an_explored_program_without_a_deadlock_runs_often() {
        Caught caught = watch(SHORT, "harmless");

        assertThat(caught.ending()).isEqualTo(Caught.Ending.ENDED);
        assertThat(caught.runs()).isGreaterThan(1);
    }

    @Test
    void the_picture_has_a_text_for_those_who_do_not_see_it() {
        String html = watch(LONG, "locks").mimeBundle().get("text/html");

        assertThat(html)
                .contains("<img", "alt=\"Deadlock: worker")
                .contains("worker 0 waits for Crossed.b, which worker 1 holds (Crossed, line ");
    }

    @Test
    void an_interrupt_ends_it() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> watch(LONG, "endless")).isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_time_that_is_none_is_refused() {
        assertThatThrownBy(() -> watch(0, "locks"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("watch needs at least 1 ms, found 0");
    }
}
