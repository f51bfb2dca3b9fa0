package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(60)
class FixCounterTest {

    // As strict as in the lesson, but sure of a hanging call sooner.
    private final FixCounter exercise = new FixCounter(Duration.ofMillis(800));

    private int counter;
    private volatile int visible;

    private void fails(Body increment, String reason) {
        assertThatThrownBy(() -> exercise.judge(increment, () -> counter))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining(reason);
    }

    private static void locked(Lock lock, Body body) throws Exception {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void a_lock_around_the_whole_step_passes() {
        var lock = new ReentrantLock();

        var passed = exercise.judge(() -> locked(lock, () -> counter++), () -> counter);

        assertThat(passed.message()).contains("none was lost");
    }

    @Test
    void an_atomic_passes() {
        var atomic = new AtomicInteger();

        assertThat(exercise.judge(atomic::incrementAndGet, () -> atomic).message())
                .contains("none was lost");
    }

    @Test
    void the_unrepaired_counter_fails() {
        fails(() -> counter++, "were lost while 4 threads called at once");
    }

    @Test
    @SuppressWarnings("NonAtomicVolatileUpdate") // broken on purpose: what students try first
    void volatile_instead_of_a_lock_fails() {
        assertThatThrownBy(() -> exercise.judge(() -> visible++, () -> visible))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("were lost");
    }

    @Test
    void a_lock_of_its_own_for_each_call_fails() {
        fails(() -> locked(new ReentrantLock(), () -> counter++), "were lost");
    }

    @Test
    void a_lock_around_the_reading_only_fails() {
        var lock = new ReentrantLock();

        fails(
                () -> {
                    int[] read = new int[1];
                    locked(lock, () -> read[0] = counter);
                    counter = read[0] + 1;
                },
                "were lost");
    }

    @Test
    void an_atomic_that_is_read_and_written_in_two_calls_fails() {
        var atomic = new AtomicInteger();

        assertThatThrownBy(() -> exercise.judge(() -> atomic.set(atomic.get() + 1), () -> atomic))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("were lost");
    }

    @Test
    void giving_up_when_the_lock_is_taken_fails() {
        var lock = new ReentrantLock();

        fails(
                () -> {
                    if (lock.tryLock()) {
                        counter++;
                        lock.unlock();
                    }
                },
                "were lost");
    }

    @Test
    void a_lock_that_is_never_released_fails_without_hanging() {
        var lock = new ReentrantLock();

        fails(
                () -> {
                    lock.lock();
                    counter++;
                },
                "taken and never released");
    }

    @Test
    void adding_nothing_or_too_much_fails() {
        fails(() -> {}, "left the counter as it was");
        fails(() -> counter += 2, "added 2 instead of 1");
    }

    private FixCounter withoutOverlap(int cores) {
        return new FixCounter(10, Duration.ofMillis(50), Duration.ofSeconds(1), cores, action -> {
            for (int call = 0; call < 5000; call++) {
                BodyFailedException.unchecked(action);
            }
            return new Crowd.Outcome(5000, false, true, Optional.empty());
        });
    }

    @Test
    void if_the_threads_never_overlapped_there_is_no_verdict() {
        assertThatThrownBy(() -> withoutOverlap(2).judge(() -> counter++, () -> counter))
                .isInstanceOf(CheckFailed.class)
                .hasMessageStartingWith("No verdict");
    }

    @Test
    void on_a_single_core_the_praise_says_that_it_proves_little() {
        assertThat(withoutOverlap(1).judge(() -> counter++, () -> counter).message())
                .contains("says little");
    }

    @Test
    void a_counter_that_runs_over_has_lost_nothing() {
        counter = Integer.MAX_VALUE - 2500;

        assertThat(withoutOverlap(1).judge(() -> counter++, () -> counter).message())
                .contains("none was lost");
        assertThat(counter).isNegative();
    }

    @Test
    void a_counter_that_is_not_there_is_reported() {
        assertThatThrownBy(() -> exercise.judge(() -> counter++, () -> null))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("Reading the counter threw");
    }

    @Test
    void an_exception_of_the_students_code_is_kept() {
        assertThatThrownBy(() -> exercise.judge(
                        () -> {
                            throw new IllegalStateException("oops");
                        },
                        () -> counter))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("oops")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_interrupted_check_ends_with_the_flag_set() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> exercise.judge(() -> counter++, () -> counter))
                .isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
