package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.runtime.Handover;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
public class HandoversTest {
    /// For whom the thread works at the moment. Not woven, so there is one; public, because the loader of what is
    /// woven makes another package.
    public static final class Work {
        public static final ThreadLocal<String> FOR = ThreadLocal.withInitial(() -> "nobody");

        private Work() {}

        static Handover.Turn begin() {
            FOR.set("ann");
            return new Handover.Turn() {
                @Override
                public void failed(Throwable thrown) {}

                @Override
                public void close() {
                    FOR.remove();
                }
            };
        }
    }

    @BeforeEach
    void work_for_ann() {
        Handover.install(() -> Work::begin);
    }

    @AfterEach
    void work_for_nobody() {
        Handover.install(() -> null);
    }

    @Test
    void whatever_is_handed_to_an_executor_is_done_for_who_handed_it_over() throws Exception {
        assertThat(run(Handing.class)).isNotEmpty().allMatch("ann"::equals);
    }

    @Test
    void a_later_stage_is_run_for_who_added_it_whoever_completes_the_one_before() throws Exception {
        assertThat(run(Staging.class)).hasSize(27).allMatch("ann"::equals);
    }

    /// Every stage of the interface, in its three forms where it has them; completed by a thread of nobody's.
    static final class Staging implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            var seen = new LinkedBlockingQueue<String>();
            var first = new CompletableFuture<Integer>();
            var failing = new CompletableFuture<Integer>();
            var never = new CompletableFuture<Integer>();
            try (var pool = Executors.newFixedThreadPool(1)) {
                first.thenRun(() -> seen.add(Work.FOR.get()));
                first.thenRunAsync(() -> seen.add(Work.FOR.get()));
                first.thenRunAsync(() -> seen.add(Work.FOR.get()), pool);
                first.thenApply(n -> seen.add(Work.FOR.get()));
                first.thenApplyAsync(n -> seen.add(Work.FOR.get()));
                first.thenApplyAsync(n -> seen.add(Work.FOR.get()), pool);
                first.thenAccept(n -> seen.add(Work.FOR.get()));
                first.thenAcceptAsync(n -> seen.add(Work.FOR.get()), pool);
                first.thenCompose(n -> CompletableFuture.completedFuture(seen.add(Work.FOR.get())));
                first.thenComposeAsync(n -> CompletableFuture.completedFuture(seen.add(Work.FOR.get())), pool);
                first.handle((n, e) -> seen.add(Work.FOR.get()));
                first.handleAsync((n, e) -> seen.add(Work.FOR.get()), pool);
                first.whenComplete((n, e) -> seen.add(Work.FOR.get()));
                first.whenCompleteAsync((n, e) -> seen.add(Work.FOR.get()), pool);
                failing.exceptionally(e -> seen.add(Work.FOR.get()) ? 1 : 0);
                failing.exceptionallyAsync(e -> seen.add(Work.FOR.get()) ? 1 : 0, pool);
                failing.exceptionallyCompose(e -> {
                    seen.add(Work.FOR.get());
                    return first;
                });
                first.thenCombine(first, (a, b) -> seen.add(Work.FOR.get()));
                first.thenCombineAsync(first, (a, b) -> seen.add(Work.FOR.get()), pool);
                first.thenAcceptBoth(first, (a, b) -> seen.add(Work.FOR.get()));
                first.runAfterBoth(first, () -> seen.add(Work.FOR.get()));
                first.runAfterBothAsync(first, () -> seen.add(Work.FOR.get()), pool);
                first.runAfterEither(never, () -> seen.add(Work.FOR.get()));
                first.applyToEither(never, n -> seen.add(Work.FOR.get()));
                first.applyToEitherAsync(never, n -> seen.add(Work.FOR.get()), pool);
                first.acceptEither(never, n -> seen.add(Work.FOR.get()));
                first.acceptEitherAsync(never, n -> seen.add(Work.FOR.get()), pool);
                Thread other = new Thread(() -> {
                    first.complete(1);
                    failing.completeExceptionally(new IllegalStateException());
                });
                other.start();
                other.join();
                List<String> all = new ArrayList<>();
                for (int i = 0; i < 27; i++) {
                    all.add(seen.take());
                }
                return all;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final class Handing implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            var seen = new LinkedBlockingQueue<String>();
            Callable<String> asks = Work.FOR::get;
            Runnable tells = () -> seen.add(Work.FOR.get());
            try (var pool = new ScheduledThreadPoolExecutor(1);
                    var forks = new ForkJoinPool(1)) {
                List<String> told = new ArrayList<>(List.of(
                        pool.submit(asks).get(),
                        pool.schedule(asks, 1, TimeUnit.NANOSECONDS).get(),
                        pool.invokeAll(List.of(asks)).getFirst().get(),
                        pool.invokeAny(List.of(asks), 1, TimeUnit.DAYS),
                        forks.submit(asks).get(),
                        CompletableFuture.supplyAsync(Work.FOR::get, pool).get()));
                pool.execute(tells);
                forks.execute(tells);
                pool.submit(tells, "done").get();
                var again = pool.scheduleAtFixedRate(tells, 0, 1, TimeUnit.NANOSECONDS);
                CompletableFuture.runAsync(tells).join();
                for (int i = 0; i < 20; i++) {
                    told.add(seen.take());
                }
                again.cancel(false);
                return told;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void a_pool_shows_its_tasks_as_they_were_handed_over() throws Exception {
        assertThat(run(Showing.class)).containsExactly("removed", "gone", "left", "shown");
    }

    static final class Showing implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            var busy = new CountDownLatch(1);
            List<String> seen = new ArrayList<>();
            try (var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>())) {
                pool.execute(() -> {
                    busy.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                busy.await();
                Runnable first = () -> {};
                Runnable second = new Named();
                pool.execute(first);
                pool.execute(second);
                seen.add(pool.remove(first) ? "removed" : "not removed");
                seen.add(pool.remove(first) ? "still there" : "gone");
                String shown = pool.getQueue().toString();
                seen.add(pool.shutdownNow().getFirst() == second ? "left" : "another");
                seen.add(shown.equals("[named]") ? "shown" : shown);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return seen;
        }
    }

    @Test
    void tasks_that_a_queue_or_a_handler_of_the_program_s_looks_at_stay_what_they_are() throws Exception {
        assertThat(run(Looking.class)).containsExactly("itself", "itself");
    }

    static final class Looking implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            List<String> seen = new ArrayList<>();
            Runnable task = new Named();
            try (var ordered = new ThreadPoolExecutor(
                            1, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<Runnable>(1, (a, b) -> 0));
                    var refusing = new ThreadPoolExecutor(
                            1,
                            1,
                            0,
                            TimeUnit.SECONDS,
                            new LinkedBlockingQueue<>(),
                            (refused, _) -> seen.add(refused == task ? "itself" : "another"))) {
                ordered.prestartAllCoreThreads();
                var busy = new CountDownLatch(1);
                ordered.execute(() -> {
                    try {
                        busy.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                while (!ordered.getQueue().isEmpty()) {
                    Thread.onSpinWait();
                }
                ordered.execute(task);
                seen.add(ordered.getQueue().contains(task) ? "itself" : "another");
                busy.countDown();
                refusing.shutdown();
                refusing.execute(task);
            }
            return seen;
        }
    }

    public static final class Named implements Runnable {
        public Named() {}

        @Override
        public void run() {}

        @Override
        public String toString() {
            return "named";
        }
    }

    @Test
    void an_executor_that_is_missing_is_missed_where_it_is_used() throws Exception {
        assertThat(run(Missing.class).getFirst())
                .contains("ExecutorService.submit")
                .contains("\"pool\"");
    }

    static final class Missing implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            try {
                var pool = ForkJoinPool.commonPool().isShutdown() ? Executors.newCachedThreadPool() : null;
                return List.of(pool.submit(() -> "").get());
            } catch (NullPointerException e) {
                return List.of(String.valueOf(e.getMessage()));
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> run(Class<?> program) throws ReflectiveOperationException {
        var constructor =
                WovenLoader.of(program.getName()).loadClass(program.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Supplier<List<String>>) constructor.newInstance()).get();
    }
}
