package threadbook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GiveWayTest {
    private final InterpreterLock lock = new InterpreterLock(Duration.ofMillis(1));
    private final MethodHandle site = StopSites.bootstrap(
                    MethodHandles.lookup(), "stop", MethodType.methodType(void.class))
            .dynamicInvoker();

    @Test
    void a_stop_site_gives_way_while_the_lock_is_in_use() throws Throwable {
        var done = new AtomicBoolean();
        GiveWay.begin(lock);
        lock.take();

        Thread other = Thread.ofPlatform().name("other").start(() -> {
            lock.take();
            done.set(true);
            lock.drop();
        });
        while (!done.get()) {
            site.invokeExact();
        }
        lock.drop();
        GiveWay.end(lock);
        GiveWay.rest();
        other.join();

        assertThat(lock.switches()).isEqualTo(3); // to this thread, to the other, and back
    }

    @Test
    void a_site_in_a_thread_that_does_not_have_the_lock_does_nothing() throws Throwable {
        GiveWay.begin(lock);

        site.invokeExact();
        GiveWay.end(lock);
        GiveWay.rest();

        assertThat(lock.holder()).isNull();
    }
}
