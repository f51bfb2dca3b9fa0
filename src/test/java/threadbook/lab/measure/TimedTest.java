package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import threadbook.lab.thread.BodyFailedException;

@Timeout(20)
class TimedTest {

    @Test
    void the_body_runs_once() {
        var runs = new AtomicInteger();

        Timed.of(runs::incrementAndGet);

        assertThat(runs).hasValue(1);
    }

    @Test
    void a_time_is_told_in_seconds_and_in_milliseconds() {
        var timed = new Timed(Duration.ofMillis(1500), Optional.of(Duration.ofMillis(20)));

        assertThat(timed.seconds()).isEqualTo(1.5);
        assertThat(timed.millis()).isEqualTo(1500);
        assertThat(timed).hasToString("1.50 s, of which 20.0 ms on a core");
    }

    @Test
    void the_cpu_time_of_a_virtual_thread_is_not_known() throws InterruptedException {
        var timed = new Timed[1];

        Thread.ofVirtual().start(() -> timed[0] = Timed.of(() -> {})).join();

        assertThat(timed[0].cpu()).isEmpty();
    }

    @Test
    void a_checked_exception_arrives_as_a_cause() {
        assertThatThrownBy(() -> Timed.of(() -> {
                    throw new IOException("no such disk");
                }))
                .isInstanceOf(BodyFailedException.class)
                .hasRootCauseMessage("no such disk");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "999, 999 ns",
        "999.6, 1.00 µs",
        "12345, 12.3 µs",
        "999499, 999 µs",
        "999500, 1.00 ms",
        "45600000, 45.6 ms",
        "999500000, 1.00 s",
        "123000000000, 123 s"
    })
    void a_time_has_three_digits_and_a_unit_that_suits_it(double nanos, String text) {
        assertThat(TimeText.of(nanos)).isEqualTo(text);
    }
}
