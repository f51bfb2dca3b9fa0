package threadbook.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static threadbook.lab.Lab.pid;
import static threadbook.lab.Lab.processPool;
import static threadbook.lab.Lab.sleep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import threadbook.lab.process.travel.CannotTravelException;
import threadbook.lab.thread.WaitInterruptedException;

/// Pools of a program without a notebook, whose classes are on the class path.
@Timeout(60)
class ProcessPoolTest {

    private static List<Integer> upTo(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    @Test
    void a_map_is_in_order() {
        try (var pool = processPool(2)) {
            assertThat(pool.map(n -> 2 * n, upTo(1000)))
                    .isEqualTo(IntStream.range(0, 1000).map(n -> 2 * n).boxed().toList());
            assertThat(pool.map(n -> 2 * n, List.<Integer>of())).isEmpty();
        }
    }

    @Test
    void it_runs_in_as_many_other_processes() {
        try (var pool = processPool(2)) {
            List<Long> pids = pool.map(
                    _ -> {
                        sleep(20);
                        return pid();
                    },
                    upTo(40));

            assertThat(new HashSet<>(pids))
                    .hasSize(2)
                    .isEqualTo(new HashSet<>(pool.pids()))
                    .doesNotContain(pid());
        }
    }

    @Test
    void results_come_as_they_are_completed() {
        try (var pool = processPool(2)) {
            pool.map(n -> n, upTo(2)); // both are up
            var results = new ArrayList<Integer>();
            for (int each : pool.asCompleted(
                    n -> {
                        sleep(n);
                        return n;
                    },
                    List.of(2000, 1))) {
                results.add(each);
            }

            assertThat(results).containsExactly(1, 2000);
        }
    }

    @Test
    void a_killed_worker_is_replaced_and_no_result_is_lost() {
        try (var pool = processPool(2)) {
            long victim = pool.pids().getFirst();
            Thread killer = Thread.ofPlatform().start(() -> {
                sleep(500);
                ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
            });
            List<Integer> results = pool.map(
                    n -> {
                        sleep(30);
                        return n;
                    },
                    upTo(64));

            assertThat(results).isEqualTo(upTo(64));
            assertThat(killer.isAlive()).isFalse();
            assertThat(pool.map(n -> n, upTo(8))).isEqualTo(upTo(8));
        }
    }

    @Test
    void a_call_that_ends_every_worker_is_given_up_and_named_and_the_pool_lives_on() {
        try (var pool = processPool(1)) {
            assertThatThrownBy(() -> pool.map(
                            n -> {
                                Runtime.getRuntime().halt(7);
                                return n;
                            },
                            upTo(1)))
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageContaining("exit code 7")
                    .hasMessageContaining("had ended another worker before");
            assertThat(pool.map(n -> n + 1, upTo(1))).containsExactly(1);
        }
    }

    @Test
    void what_is_thrown_is_the_cause() throws Exception {
        try (var pool = processPool(1)) {
            assertThatThrownBy(() -> pool.map(n -> 1 / n, upTo(3)))
                    .isInstanceOf(ChildFailedException.class)
                    .hasCauseInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> pool.submit(() -> 1 / 0).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ArithmeticException.class);
            assertThat(pool.submit(() -> 6 * 7).get()).isEqualTo(42);
        }
    }

    @Test
    void what_cannot_travel_is_refused() {
        var thread = new Thread();
        try (var pool = processPool(1)) {
            assertThatThrownBy(() -> pool.submit(() -> thread.isAlive())).isInstanceOf(CannotTravelException.class);
            assertThatThrownBy(() -> pool.map(n -> new Thread(), upTo(1))).isInstanceOf(CannotTravelException.class);
            assertThatThrownBy(() -> pool.map(n -> n, List.of(thread))).isInstanceOf(CannotTravelException.class);
        }
    }

    @Test
    void closing_waits_for_what_was_submitted_and_leaves_no_process(@TempDir Path folder) {
        String file = folder.resolve("saved").toString();
        try (var pool = processPool(1)) {
            pool.submit(() -> {
                sleep(300);
                Files.writeString(Path.of(file), "report");
            });
        }

        assertThat(Path.of(file)).exists();
        assertThat(ProcessTree.ofThisProcess().entries())
                .noneMatch(entry -> entry.depth() > 0 && entry.name().equals("java"));
    }

    @Test
    void an_interrupted_map_ends_its_calls_and_the_pool_lives_on() throws InterruptedException {
        try (var pool = processPool(2)) {
            pool.map(n -> n, upTo(2));
            var begun = new CountDownLatch(1);
            Thread waiting = Thread.ofPlatform().start(() -> {
                begun.countDown();
                assertThatThrownBy(() -> pool.map(
                                n -> {
                                    sleep(600_000);
                                    return n;
                                },
                                upTo(2)))
                        .isInstanceOf(WaitInterruptedException.class);
            });
            begun.await();
            waiting.interrupt();
            waiting.join();

            assertThat(pool.map(n -> n, upTo(4))).isEqualTo(upTo(4));
        }
    }

    @Test
    void a_closed_pool_says_so() {
        var pool = processPool(1);
        pool.close();
        pool.close();

        assertThatThrownBy(() -> pool.map(n -> n, upTo(1))).hasMessageContaining("it was closed");
    }
}
