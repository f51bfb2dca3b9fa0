package threadbook.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class StopThreadTest {
    private final StopThread door = StopThread.open().orElseThrow();

    static final class Stopped extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Starts a thread that runs the body for ever and stops it; gives what ended it.
    private Throwable stopped(boolean virtual, Runnable body) throws InterruptedException {
        var running = new CountDownLatch(1);
        var ended = new AtomicReference<Throwable>();
        var builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread thread = builder.uncaughtExceptionHandler((_, e) -> ended.set(e)).start(() -> {
            running.countDown();
            body.run();
        });
        running.await();

        while (thread.isAlive()) {
            door.stop(thread, new Stopped());
            thread.join(100);
        }

        // Struck while the JDK links a call site, the exception arrives as the cause of one of these.
        return switch (ended.get()) {
            case InternalError error -> error.getCause();
            case BootstrapMethodError error -> error.getCause();
            case Throwable other -> other;
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ends_a_loop(boolean virtual) throws Exception {
        assertThat(stopped(virtual, () -> spin(() -> 1))).isInstanceOf(Stopped.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ends_a_join_on_a_future_that_never_completes(boolean virtual) throws Exception {
        assertThat(stopped(virtual, () -> new CompletableFuture<>().join())).isInstanceOf(Stopped.class);
    }

    @Test
    void ends_a_wait_for_a_lock_that_is_never_released() throws Exception {
        var lock = new ReentrantLock();
        lock.lock();

        assertThat(stopped(false, lock::lock)).isInstanceOf(Stopped.class);
    }

    @Test
    void ends_a_loop_inside_the_jdk() throws Exception {
        assertThat(stopped(false, () -> IntStream.iterate(0, i -> i).sum())).isInstanceOf(Stopped.class);
    }

    @Test
    void says_no_for_a_thread_that_has_ended() throws Exception {
        Thread thread = Thread.ofPlatform().start(() -> {});
        thread.join();

        assertThat(door.stop(thread, new Stopped())).isFalse();
    }

    @Test
    void stops_a_hundred_threads_one_after_the_other() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(stopped(i % 2 == 0, () -> spin(() -> 1))).isInstanceOf(Stopped.class);
        }
    }

    private static void spin(Supplier<Integer> more) {
        int sum = 0;
        while (sum >= 0) {
            sum = Math.max(0, sum + more.get());
        }
    }
}
