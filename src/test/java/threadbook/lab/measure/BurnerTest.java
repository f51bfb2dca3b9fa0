package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(20)
class BurnerTest {

    @Test
    void calibration_believes_the_cheapest_sample_because_noise_only_adds() {
        var sample = new AtomicInteger();

        // 50 µs a chunk on a free core; every sample but each seventh is disturbed
        var burner = Burner.calibrate(chunks -> chunks * 50_000 * (sample.incrementAndGet() % 7 == 0 ? 1 : 3));

        assertThat(burner.chunksPerMilli()).isEqualTo(20);
    }

    @Test
    void calibration_goes_on_while_the_code_still_gets_faster() {
        var sample = new AtomicInteger();

        var burner =
                Burner.calibrate(chunks -> chunks * Math.max(50_000, 1_000_000 - 10_000L * sample.incrementAndGet()));

        assertThat(burner.chunksPerMilli()).isEqualTo(20);
    }

    @Test
    void twice_the_time_is_twice_the_work() {
        var burner = new Burner(20);

        assertThat(burner.chunks(400)).isEqualTo(2 * burner.chunks(200)).isEqualTo(8000);
    }

    @Test
    void an_interrupted_thread_stops_burning_and_keeps_its_flag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Burner(20).burn(3_600_000))
                .isInstanceOf(WaitInterruptedException.class)
                .hasMessageContaining("burn(3600000.0)");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_negative_time_is_refused() {
        assertThatThrownBy(() -> new Burner(20).burn(-1)).hasMessageContaining("found -1.0");
    }
}
