package threadbook.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ObservedTest {
    private int x;

    private Trial addAndDouble() {
        return new Trial(() -> x = 2, List.of("T1", "T2"), List.of(() -> x = x + 1, () -> x = x * 2), () -> x);
    }

    @Test
    void every_run_is_counted_with_what_came_out() {
        Observed observed = Observed.of(2_000, addAndDouble());

        assertThat(observed.counts().keySet()).isSubsetOf("3", "4", "5", "6").isNotEmpty();
        assertThat(observed.counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(observed.runs());
        assertThat(observed.runs()).isBetween(1L, 2_000L);
    }

    @Test
    void what_a_body_throws_is_an_outcome() {
        Body failing = () -> {
            throw new IllegalStateException("no");
        };

        Observed observed =
                Observed.of(10, new Trial(() -> {}, List.of("A", "B"), List.of(failing, () -> {}), () -> 1));

        assertThat(observed.counts()).containsOnlyKeys("A threw IllegalStateException: no");
    }

    @Test
    void what_the_set_up_throws_arrives() {
        Body failing = () -> {
            throw new IllegalStateException("no");
        };

        assertThatThrownBy(() -> Observed.of(10, new Trial(failing, List.of("A"), List.of(() -> {}), () -> 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void threads_that_wait_for_each_other_are_noticed_and_end_the_runs() {
        var a = new ReentrantLock();
        var b = new ReentrantLock();
        var hasA = new CountDownLatch(1);
        var hasB = new CountDownLatch(1);
        Body ab = () -> {
            a.lockInterruptibly();
            hasA.countDown();
            hasB.await();
            b.lockInterruptibly();
        };
        Body ba = () -> {
            b.lockInterruptibly();
            hasB.countDown();
            hasA.await();
            a.lockInterruptibly();
        };

        Observed observed = Observed.of(10, new Trial(() -> {}, List.of("A", "B"), List.of(ab, ba), () -> "done"));

        assertThat(observed.hung()).isTrue();
        assertThat(observed.counts()).containsEntry("deadlock", 1L);
    }

    @Test
    void an_interrupt_ends_it() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Observed.of(1_000_000_000, addAndDouble()))
                .isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_outcome_that_no_schedule_has_is_a_surprise() {
        Observed observed = new Observed(Map.of("7", 2L, "3", 8L), 10, false);

        Compared compared = new Compared(Map.of("3", 2L, "4", 2L), true, observed);

        assertThat(compared.surprises()).containsExactly("7");
        assertThat(compared.toString()).contains("This machine shows what no schedule has: 7");
        assertThat(compared.table().rowCount()).isEqualTo(3);
    }
}
