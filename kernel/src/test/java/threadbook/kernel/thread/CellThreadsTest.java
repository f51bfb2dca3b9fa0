package threadbook.kernel.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.runtime.Handover;

/// The nested classes One and Two stand for the code of two cells.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CellThreadsTest {
    private final CellThreads<String> threads = new CellThreads<>(new CellClasses<>() {
        @Override
        public @Nullable String owner(Class<?> type) {
            return owner(type.getName());
        }

        @Override
        public @Nullable String owner(String className) {
            return className.startsWith(One.class.getName())
                    ? "one"
                    : className.startsWith(Two.class.getName()) ? "two" : null;
        }
    });

    static final class One {
        static <T> T call(Supplier<T> body) {
            return body.get();
        }
    }

    static final class Two {
        static <T> T call(Supplier<T> body) {
            return body.get();
        }
    }

    @Test
    void a_thread_of_the_kernel_belongs_to_no_cell() {
        assertThat(threads.current()).isEmpty();
    }

    @Test
    void a_thread_belongs_to_the_cell_that_started_it_whoever_s_code_it_runs() throws Exception {
        assertThat(inCell("two", () -> onThread(Thread.ofPlatform(), () -> One.call(threads::current))))
                .hasToString("Optional[two]");
        assertThat(inCell("two", () -> onThread(Thread.ofVirtual(), () -> One.call(threads::current))))
                .hasToString("Optional[two]");
    }

    @Test
    void a_thread_s_own_threads_belong_to_its_cell() throws Exception {
        assertThat(inCell(
                        "one",
                        () -> onThread(Thread.ofVirtual(), () -> onThread(Thread.ofPlatform(), threads::current))))
                .hasToString("Optional[one]");
    }

    @Test
    void a_pool_s_task_belongs_to_the_cell_whose_code_it_is() throws Exception {
        try (ExecutorService pool = inCell("one", () -> Executors.newSingleThreadExecutor())) {
            inCell("one", () -> wait(pool, () -> 0));

            assertThat(inCell("two", () -> wait(pool, () -> Two.call(threads::current))))
                    .hasToString("Optional[two]");
            assertThat(inCell("two", () -> wait(pool, () -> One.call(() -> Two.call(threads::current)))))
                    .hasToString("Optional[one]");
        }
    }

    @Test
    void a_task_that_was_handed_over_belongs_to_the_cell_that_did_so_until_it_ends() throws Exception {
        Handover.Owner two = inCell("two", () -> Objects.requireNonNull(threads.owner()));
        try (ExecutorService pool = inCell("one", () -> Executors.newSingleThreadExecutor())) {
            assertThat(wait(pool, () -> {
                        try (var _ = two.begin()) {
                            return One.call(() -> List.of(threads.current(), threads.of(Thread.currentThread())));
                        }
                    }))
                    .hasToString("[Optional[two], Optional[two]]");
            assertThat(wait(pool, () -> One.call(threads::current))).hasToString("Optional[one]");
        }
    }

    @Test
    void another_thread_sees_whose_task_a_pool_s_thread_runs() throws Exception {
        Handover.Owner two = inCell("two", () -> Objects.requireNonNull(threads.owner()));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        try (ExecutorService pool = inCell("one", () -> Executors.newSingleThreadExecutor())) {
            pool.execute(() -> {
                try (var _ = two.begin()) {
                    One.call(() -> {
                        started.add(Thread.currentThread());
                        begun.countDown();
                        await(end);
                        return 0;
                    });
                }
            });
            begun.await();

            assertThat(threads.of("two")).containsExactlyElementsOf(started);
            assertThat(threads.of("one")).isEmpty();

            end.countDown();
        }
    }

    @Test
    void what_ends_a_pool_s_thread_is_of_the_cell_that_handed_the_task_over_or_whose_code_threw_it() throws Exception {
        Handover.Owner two = inCell("two", () -> Objects.requireNonNull(threads.owner()));
        try (ExecutorService pool = inCell("one", () -> Executors.newSingleThreadExecutor())) {
            RuntimeException handed = new RuntimeException();
            RuntimeException thrown = Two.call(RuntimeException::new);
            assertThat(wait(pool, () -> {
                        try (var turn = two.begin()) {
                            turn.failed(handed);
                        }
                        return List.of(threads.ofUncaught(handed), threads.ofUncaught(thrown));
                    }))
                    .hasToString("[Optional[two], Optional[two]]");
        }
    }

    @Test
    void a_task_of_the_common_pool_belongs_to_the_cell_whose_code_it_is() {
        assertThat(ForkJoinPool.commonPool()
                        .submit(() -> Two.call(threads::current))
                        .join())
                .hasToString("Optional[two]");
    }

    @Test
    void the_live_threads_of_a_cell_are_found() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch end = new CountDownLatch(1);
        Runnable body = () -> {
            begun.countDown();
            await(end);
        };
        List<Thread> started = new ArrayList<>();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            inCell("one", () -> started.add(Thread.ofPlatform().start(body)));
            inCell("one", () -> started.add(Thread.ofVirtual().start(body)));
            pool.submit(() -> One.call(() -> {
                started.add(Thread.currentThread());
                body.run();
                return 0;
            }));
            begun.await();

            assertThat(threads.of("one")).containsExactlyInAnyOrderElementsOf(started);
            assertThat(threads.of("two")).isEmpty();
            assertThat(started)
                    .allSatisfy(thread -> assertThat(threads.of(thread)).contains("one"));

            end.countDown();
        }
    }

    @Test
    void the_jdk_s_doors_are_open_in_the_kernel_s_jvm() {
        assertThat(VirtualThreads.available()).isTrue();
        assertThat(Inherited.available()).isTrue();
    }

    private <T> T inCell(String cell, Supplier<T> body) throws InterruptedException {
        List<T> result = new ArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            threads.enter(cell);
            result.add(body.get());
        });
        thread.join();
        return result.getFirst();
    }

    private static <T> T onThread(Thread.Builder builder, Supplier<T> body) {
        List<T> result = new ArrayList<>();
        try {
            builder.start(() -> result.add(body.get())).join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result.getFirst();
    }

    private static <T> T wait(ExecutorService pool, Supplier<T> task) {
        try {
            return pool.submit(task::get).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
