package threadbook.lab.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadBuilderTest {

    @Test
    void nothing_runs_before_start() throws InterruptedException {
        var ran = new CountDownLatch(1);
        var builder = ThreadBuilder.of(ran::countDown);

        long before = ran.getCount();
        builder.start().join();

        assertThat(before).isEqualTo(1);
        assertThat(ran.getCount()).isZero();
    }

    @Test
    void a_thread_has_the_name_and_the_kind_that_were_asked_for() throws InterruptedException {
        var daemon = ThreadBuilder.of("T1", () -> {}).daemon(true).start();
        var virtual = ThreadBuilder.of("T2", () -> {}).virtual().start();
        daemon.join();
        virtual.join();

        assertThat(daemon.getName()).isEqualTo("T1");
        assertThat(daemon.isDaemon()).isTrue();
        assertThat(virtual.isVirtual()).isTrue();
    }

    @Test
    void a_thread_of_a_daemon_is_a_daemon_only_if_asked() throws InterruptedException {
        var inner = new ArrayBlockingQueue<Thread>(1);

        ThreadBuilder.of(() -> inner.add(ThreadBuilder.of(() -> {}).start()))
                .daemon(true)
                .start()
                .join();

        assertThat(inner.take().isDaemon()).isFalse();
    }

    @Test
    void what_a_body_throws_goes_to_the_uncaught_exception_handler() throws InterruptedException {
        var reported = new ArrayBlockingQueue<Throwable>(1);
        var thread = ThreadBuilder.of(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.add(thrown));
                    throw new IOException("no such disk");
                })
                .start();

        thread.join();

        assertThat(reported.take()).isInstanceOf(IOException.class).hasMessage("no such disk");
    }

    @Test
    void a_body_that_ends_by_interruption_is_not_reported() throws InterruptedException {
        var reported = new ArrayBlockingQueue<Throwable>(1);
        var ready = new CountDownLatch(1);
        var thread = ThreadBuilder.of(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.add(thrown));
                    ready.countDown();
                    new CountDownLatch(1).await();
                })
                .start();

        ready.await();
        thread.interrupt();
        thread.join();

        assertThat(reported).isEmpty();
    }

    @Test
    void a_builder_says_that_its_thread_is_not_started() {
        assertThat(ThreadBuilder.of("T1", () -> {})).hasToString("thread T1, described but not started: call start()");
    }
}
