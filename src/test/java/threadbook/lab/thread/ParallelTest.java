package threadbook.lab.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelTest {

    @Test
    void each_thread_gets_its_own_number_from_0() {
        var numbers = ConcurrentHashMap.<Integer>newKeySet();

        Parallel.run(4, numbers::add);

        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void all_threads_run_at_the_same_time() {
        var barrier = new CyclicBarrier(3); // opens only when three threads stand before it

        Parallel.run(3, _ -> barrier.await());

        assertThat(barrier.getNumberWaiting()).isZero();
    }

    @Test
    void every_body_has_ended_when_the_call_returns() {
        var ended = new AtomicInteger();

        Parallel.run(List.<Body>of(ended::incrementAndGet, ended::incrementAndGet));

        assertThat(ended).hasValue(2);
    }

    @Test
    void the_first_exception_arrives_with_the_others_suppressed() {
        var first = new CountDownLatch(1);

        var thrown = catchThrowable(() -> Parallel.run(List.of(
                () -> {
                    try {
                        throw new IllegalStateException("one");
                    } finally {
                        first.countDown();
                    }
                },
                () -> {
                    first.await();
                    throw new IllegalStateException("two");
                })));

        assertThat(List.of(thrown.getMessage(), thrown.getSuppressed()[0].getMessage()))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void one_failing_body_does_not_keep_the_others_from_finishing() {
        var finished = new AtomicInteger();

        var thrown = catchThrowable(() -> Parallel.run(3, index -> {
            if (index == 0) {
                throw new AssertionError("broken");
            }
            finished.incrementAndGet();
        }));

        assertThat(thrown).isInstanceOf(AssertionError.class).hasMessage("broken");
        assertThat(finished).hasValue(2);
    }

    @Test
    void a_checked_exception_is_the_cause_of_an_unchecked_one() {
        assertThatThrownBy(() -> Parallel.run(1, _ -> {
                    throw new IOException("no such disk");
                }))
                .isInstanceOf(BodyFailedException.class)
                .hasCause(new IOException("no such disk"));
    }

    @Test
    void one_exception_object_thrown_by_two_threads_arrives_once() {
        var shared = new IllegalStateException("shared");

        var thrown = catchThrowable(() -> Parallel.run(2, _ -> {
            throw shared;
        }));

        assertThat(thrown).isSameAs(shared).hasNoSuppressedExceptions();
    }

    @Test
    void an_interrupted_caller_interrupts_its_threads_and_keeps_its_flag() {
        var caller = Thread.currentThread();
        var started = new CountDownLatch(2);
        var interrupted = new CountDownLatch(2);
        var interrupter = Thread.ofPlatform().start(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            caller.interrupt();
        });

        var thrown = catchThrowable(() -> Parallel.run(2, _ -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
        }));

        assertThat(thrown).isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupter).isNotNull();
        assertThat(catchThrowable(interrupted::await)).isNull();
    }

    @Test
    void no_threads_at_all_is_refused() {
        assertThatThrownBy(() -> Parallel.run(0, _ -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1")
                .hasMessageContaining("found 0");
    }
}
