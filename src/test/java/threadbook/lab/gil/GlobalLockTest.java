package threadbook.lab.gil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.Parallel;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.CellStopped;
import threadbook.runtime.StopSites;

@Timeout(20)
class GlobalLockTest {
    private final GlobalLock gil = GlobalLock.of(1);

    private Thread started(Runnable task) {
        return Thread.ofPlatform().name("test").daemon(true).start(task);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void one_thread_at_a_time_runs_under_it() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();

        Parallel.run(4, _ -> {
            for (int i = 0; i < 200; i++) {
                gil.run(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                });
            }
        });

        assertThat(most).hasValue(1);
    }

    @Test
    void a_holder_that_checks_gives_the_lock_to_who_has_waited_for_the_interval_and_gets_it_back() {
        var done = new AtomicBoolean();

        gil.run(() -> {
            started(() -> gil.run(() -> done.set(true)));
            while (!done.get()) {
                gil.check();
            }
        });

        assertThat(gil.switches()).isEqualTo(3);
        assertThat(gil.dropRequests()).isEqualTo(1);
    }

    @Test
    void a_holder_that_does_not_check_keeps_it_though_it_is_asked() {
        var done = new AtomicBoolean();
        var seen = new AtomicBoolean();

        gil.run(() -> {
            started(() -> gil.run(() -> done.set(true)));
            while (gil.dropRequests() == 0) {
                Thread.onSpinWait();
            }
            seen.set(done.get());
        });

        assertThat(seen).isFalse();
    }

    @Test
    void threads_that_only_wait_overlap_when_they_release_it() {
        var all = new CountDownLatch(3);

        Parallel.run(
                3,
                _ -> gil.run(() -> gil.release(() -> {
                    all.countDown();
                    all.await(); // ends only if all three are here at once
                })));

        assertThat(gil.isHeld()).isFalse();
    }

    @Test
    void an_exception_drops_it() {
        assertThatThrownBy(() -> gil.run(() -> {
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThatThrownBy(() -> gil.run(() -> gil.release(() -> {
                    throw new IllegalStateException("outside");
                })))
                .hasMessage("outside");

        assertThat(gil.isHeld()).isFalse();
    }

    @Test
    void run_inside_run_has_it_already() {
        gil.run(() -> gil.run(() -> assertThat(gil.isHeld()).isTrue()));

        assertThat(gil.isHeld()).isFalse();
    }

    @Test
    void who_waits_to_begin_can_be_interrupted_and_the_holder_goes_on() {
        var thrown = new AtomicReference<Throwable>();

        gil.run(() -> {
            Thread waiter = started(() -> {
                try {
                    gil.run(() -> {});
                } catch (WaitInterruptedException e) {
                    thrown.set(e);
                }
            });
            while (gil.dropRequests() == 0) {
                Thread.onSpinWait();
            }
            waiter.interrupt();
            waiter.join();
            gil.check(); // the request of a waiter that has gone must not keep it waiting for a switch
        });

        assertThat(thrown.get()).isInstanceOf(WaitInterruptedException.class);
        assertThat(gil.isHeld()).isFalse();
    }

    @Test
    void a_holder_that_waits_for_a_switch_goes_on_when_the_waiter_gives_up() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            AtomicReference<Thread> waiter = new AtomicReference<>();
            Thread holder = started(() -> gil.run(() -> {
                waiter.set(started(() -> {
                    try {
                        gil.run(() -> {});
                    } catch (WaitInterruptedException _) {
                        // asked to
                    }
                }));
                long begun = gil.forcedSwitches();
                while (gil.forcedSwitches() == begun && waiter.get().isAlive()) {
                    gil.check();
                }
            }));
            while (waiter.get() == null) {
                Thread.onSpinWait();
            }
            waiter.get().interrupt();

            holder.join();
            waiter.get().join();
        }

        assertThat(gil.isHeld()).isFalse();
    }

    @Test
    void a_thread_that_is_to_stop_ends_while_it_waits() throws InterruptedException {
        var ended = new AtomicReference<Throwable>();
        var gate = new CountDownLatch(1);
        Thread holder = started(() -> gil.run(gate::await));
        while (!gil.isHeld()) {
            Thread.onSpinWait();
        }
        Thread waiter = started(() -> {
            try {
                gil.run(() -> {});
            } catch (CellStopped e) {
                ended.set(e);
            }
        });
        awaitWaiting(waiter);

        StopSites.arm(() -> Thread.currentThread() == waiter);
        waiter.join();
        StopSites.disarm();
        gate.countDown();
        holder.join();

        assertThat(ended.get()).isInstanceOf(CellStopped.class);
        assertThat(gil.isHeld()).isFalse();
    }

    @Test
    void it_says_that_nobody_can_release_what_he_does_not_have() {
        assertThatIllegalStateException()
                .isThrownBy(() -> gil.release(() -> {}))
                .withMessageContaining("inside run(…)");
    }

    @Test
    void it_says_which_intervals_there_are() {
        assertThatIllegalArgumentException().isThrownBy(() -> GlobalLock.of(0)).withMessageContaining("found 0");
        assertThatIllegalArgumentException().isThrownBy(() -> GlobalLock.of(Double.NaN));
    }

    @Test
    void a_knocker_sees_that_it_is_held_and_that_it_is_free() {
        Contention free = gil.contention(() -> {
            while (gil.switches() == 0) {
                Thread.onSpinWait();
            }
        });
        Contention held = gil.contention(() -> gil.run(() -> {
            long knocks = gil.dropRequests() + 5;
            while (gil.dropRequests() < knocks) {
                gil.check();
            }
        }));

        assertThat(free.knocks()).isPositive();
        assertThat(free.taken()).isZero();
        assertThat(free).asString().startsWith("free at all");
        assertThat(held.taken()).isGreaterThan(0.5);
    }

    @Test
    void it_shows_its_counters() {
        assertThat(gil).hasToString("global lock, switch interval 1 ms: 0 switches, 0 drop requests");
    }
}
