package threadbook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class StopSitesTest {
    private final MethodHandle site = StopSites.bootstrap(
                    MethodHandles.lookup(), "stop", MethodType.methodType(void.class))
            .dynamicInvoker();

    @AfterEach
    void free() {
        StopSites.disarm();
    }

    @Test
    void a_site_that_is_free_does_nothing() {
        assertThatCode(site::invokeExact).doesNotThrowAnyException();
    }

    @Test
    void an_armed_site_stops_the_threads_that_are_to_stop() {
        StopSites.arm(() -> true);

        assertThatThrownBy(site::invokeExact).isInstanceOf(CellStopped.class);
    }

    @Test
    void an_armed_site_lets_all_others_pass() {
        Thread me = Thread.currentThread();
        StopSites.arm(() -> Thread.currentThread() != me);

        assertThatCode(site::invokeExact).doesNotThrowAnyException();
    }

    @Test
    void a_site_can_be_freed_again() {
        StopSites.arm(() -> true);

        StopSites.disarm();

        assertThatCode(site::invokeExact).doesNotThrowAnyException();
    }

    @Test
    void being_stopped_carries_no_stack_trace() {
        assertThat(new CellStopped().getStackTrace()).isEmpty();
    }
}
