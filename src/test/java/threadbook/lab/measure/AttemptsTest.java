package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(20)
class AttemptsTest {

    private final AtomicLong clock = new AtomicLong();

    @Test
    void trying_ends_when_it_is_seen() {
        var tries = new AtomicInteger();

        var attempts = Attempts.until(3000, () -> tries.incrementAndGet() == 4, () -> clock.getAndAdd(1_000_000));

        assertThat(attempts).isEqualTo(new Attempts(true, 4, Duration.ofMillis(4)));
        assertThat(attempts).hasToString("seen at try 4, after 4.00 ms");
    }

    @Test
    void trying_ends_when_the_time_is_over() {
        var attempts = Attempts.until(3000, () -> false, () -> clock.getAndAdd(1_000_000_000));

        assertThat(attempts.seen()).isFalse();
        assertThat(attempts.tries()).isEqualTo(3);
        assertThat(attempts.toString()).contains("not seen in 3 tries").contains("does not prove");
    }

    @Test
    void it_is_tried_once_even_without_time() {
        assertThat(Attempts.until(0, () -> true).tries()).isEqualTo(1);
    }

    @Test
    void interruption_ends_the_trying() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Attempts.until(1_000_000, () -> false)).isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
