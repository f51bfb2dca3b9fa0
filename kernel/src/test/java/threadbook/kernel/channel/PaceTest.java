package threadbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.DisplayData;
import threadbook.kernel.protocol.Publication.ExecuteInput;
import threadbook.kernel.protocol.Publication.State;
import threadbook.kernel.protocol.Publication.Status;
import threadbook.kernel.protocol.Publication.Stream;

/// The clock is a number here, and the server is a model of Jupyter's.
@Timeout(20)
class PaceTest {
    private static final Publication TEXT = new Stream(Stream.Name.STDOUT, "");
    private static final Publication CHART = new DisplayData(new MimeBundle(Map.of()), null);
    private static final long SECOND = 1_000_000_000L;

    private final Pace pace = new Pace(Rate.STOCK_SERVER);
    private final Server server = new Server();
    private long now = -3 * SECOND;

    @Test
    void two_hundred_thousand_short_lines_go_at_once() {
        assertThat(sendWhileFree(TEXT, 64_000)).isGreaterThan(2_500_000);
    }

    @Test
    void text_in_messages_of_any_size_stays_below_the_limit_of_a_server_that_is_a_second_late() {
        for (int bytes : new int[] {400, 3_000, 66_000, 380_000}) {
            send(TEXT, bytes, 60 * SECOND);
            assertThat(server.dropped).as("%d bytes each", bytes).isZero();
        }
    }

    @Test
    void more_than_a_third_of_the_rate_is_used() {
        long bytes = send(TEXT, 66_000, 60 * SECOND);

        assertThat(bytes).isGreaterThan(60 * 1_000_000 / 3);
    }

    @Test
    void messages_that_are_not_text_count_only_by_their_number() {
        send(CHART, 5_000_000, 10 * SECOND);

        assertThat(server.dropped).isZero();
        assertThat(server.passed).isGreaterThan(3_000);
    }

    @Test
    void what_ends_a_cell_does_not_wait_behind_the_text_before_it() {
        sendWhileFree(TEXT, 64_000);

        assertThat(pace.free(false, now)).isFalse();
        assertThat(pace.free(true, now)).isTrue();
    }

    @Test
    void an_idle_makes_the_server_forget_and_a_new_cell_print_freely() {
        sendWhileFree(TEXT, 64_000);

        pace.sent(new Status(State.IDLE), 500, now);

        assertThat(sendWhileFree(TEXT, 64_000)).isGreaterThan(2_500_000);
    }

    @Test
    void busy_and_the_echo_of_a_cell_are_not_counted() {
        for (int i = 0; i < 10_000; i++) {
            pace.sent(new Status(State.BUSY), 500, now);
            pace.sent(new ExecuteInput("1", 1), 500, now);
        }

        assertThat(pace.free(false, now)).isTrue();
    }

    @Test
    void nothing_waits_where_nothing_limits() {
        var free = new Pace(Rate.UNLIMITED);
        for (int i = 0; i < 100_000; i++) {
            free.sent(TEXT, 1_000_000, now);
        }

        assertThat(free.free(false, now)).isTrue();
    }

    private long sendWhileFree(Publication publication, int bytes) {
        long sent = 0;
        while (pace.free(false, now)) {
            pace.sent(publication, bytes, now);
            sent += bytes;
        }
        return sent;
    }

    private long send(Publication publication, int bytes, long duration) {
        long end = now + duration;
        long sent = 0;
        while (now < end) {
            if (pace.free(false, now)) {
                pace.sent(publication, bytes, now);
                server.receive(publication == TEXT ? bytes : 0, now);
                sent += bytes;
            } else {
                now += pace.pause(now).toNanos();
            }
        }
        return sent;
    }

    /// Counts as Jupyter Server does, but sees four seconds as if they were three: whoever is late by
    /// one receives the messages of four within three.
    private static final class Server {
        private final ArrayDeque<long[]> window = new ArrayDeque<>();
        private long sum;
        private int passed;
        private int dropped;

        void receive(int bytes, long now) {
            while (!window.isEmpty() && now >= window.peek()[0] + 4 * SECOND) {
                sum -= window.remove()[1];
            }
            sum += bytes;
            window.add(new long[] {now, bytes});
            if (sum > 3_000_000 || window.size() > 3_000) {
                dropped++;
            } else {
                passed++;
            }
        }
    }
}
