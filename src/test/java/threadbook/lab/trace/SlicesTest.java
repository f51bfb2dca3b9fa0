package threadbook.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.Lab;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlicesTest {
    private static final long MS = 1_000_000;

    /// Two threads take turns on one core, 3 ms each; a third one has a core for itself.
    private static Slices turns() {
        return new Slices(
                List.of(
                        List.of(new Slices.Slice(0, 3 * MS), new Slices.Slice(6 * MS, 9 * MS)),
                        List.of(new Slices.Slice(3 * MS, 6 * MS), new Slices.Slice(9 * MS, 12 * MS)),
                        List.of(new Slices.Slice(0, 12 * MS))),
                12 * MS,
                OptionalLong.of(2));
    }

    @Test
    void a_slice_counts_when_something_ended_it_before_the_thread_did() {
        assertThat(turns().millis()).containsExactly(3.0, 3.0);
        assertThat(turns().count()).isEqualTo(5);
        assertThat(turns().median()).isEqualTo(3.0);
    }

    @Test
    void the_cores_in_use_are_counted_at_once_and_on_average() {
        assertThat(turns().atOnce()).isEqualTo(2);
        assertThat(turns().cores()).isEqualTo(2.0);
    }

    @Test
    void between_two_slices_a_thread_waits_for_a_core() {
        Lane lane = turns().timeline().lanes().getFirst();

        assertThat(lane.segments())
                .extracting(Segment::state)
                .containsExactly(State.RUNNING, State.QUEUED, State.RUNNING);
    }

    @Test
    void the_table_says_for_how_long_a_thread_was_off() {
        assertThat(turns().table().doubleColumn("then off for ms").get(0)).isEqualTo(3.0);
        assertThat(turns().table().rowCount()).isEqualTo(5);
    }

    @Test
    void the_histogram_counts_slices_by_their_length() {
        assertThat(turns().chart().alt()).contains("Time slices of 3 threads");
    }

    @Test
    void without_an_interruption_there_is_no_histogram_and_it_says_what_to_do() {
        var alone = new Slices(List.of(List.of(new Slices.Slice(0, MS))), MS, OptionalLong.empty());

        assertThatThrownBy(alone::chart).hasMessageContaining("more threads than cores");
        assertThat(alone.median()).isEqualTo(1.0);
        assertThat(alone.toString()).contains("does not count involuntary switches");
    }

    @Test
    void every_thread_spins_for_the_time_that_was_asked_for() {
        Slices slices = Lab.slices(3, 30);

        assertThat(slices.threads()).hasSize(3).allSatisfy(each -> {
            long length = each.getLast().end() - each.getFirst().begin();
            assertThat(length).isGreaterThanOrEqualTo(30 * MS);
        });
    }

    @Test
    void on_one_core_two_threads_cannot_run_at_once() {
        var seen = new AtomicReference<Slices>();

        Lab.pinned(() -> seen.set(Lab.slices(2, 200)));

        assertThat(seen.get().atOnce())
                .isEqualTo(OneCore.isPossible() ? 1 : seen.get().atOnce());
        assertThat(seen.get().cores()).isLessThan(OneCore.isPossible() ? 1.2 : Double.MAX_VALUE);
    }

    @Test
    void what_is_thrown_on_one_core_arrives() {
        assertThatThrownBy(() -> Lab.pinned(() -> {
                    throw new IllegalStateException("no tea");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no tea");
    }

    @Test
    void who_waits_for_one_core_can_be_interrupted() throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                Lab.pinned(() -> Lab.sleep(60_000));
            } catch (WaitInterruptedException e) {
                thrown.set(e);
            }
        });
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(WaitInterruptedException.class);
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> Lab.slices(0, 10)).hasMessageContaining("1 to 64 threads, found 0");
        assertThatThrownBy(() -> Lab.slices(1, 0)).hasMessageContaining("1 to 10000 ms, found 0");
    }
}
