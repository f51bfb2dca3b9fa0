package threadbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.channel.Rate;

@Timeout(10)
class SettingsTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void without_a_word_a_stock_server_is_assumed() {
        assertThat(read(Map.of())).isEqualTo(new Settings(Rate.STOCK_SERVER, Settings.OUTPUT_LIMIT));
        assertThat(said()).isEmpty();
    }

    @Test
    void the_rate_is_bytes_and_messages_or_bytes_alone() {
        assertThat(read(Map.of("THREADBOOK_IOPUB_RATE", "100000000,10000")).iopub())
                .isEqualTo(new Rate(100_000_000, 10_000));
        assertThat(read(Map.of("THREADBOOK_IOPUB_RATE", "5000000")).iopub()).isEqualTo(new Rate(5_000_000, 1_000));
    }

    @Test
    void both_can_be_unlimited() {
        var settings = read(Map.of("THREADBOOK_IOPUB_RATE", "unlimited", "THREADBOOK_OUTPUT_LIMIT", "unlimited"));

        assertThat(settings).isEqualTo(new Settings(Rate.UNLIMITED, Long.MAX_VALUE));
    }

    @Test
    void what_cannot_be_read_is_named_and_taken_as_not_set() {
        var settings = read(Map.of("THREADBOOK_IOPUB_RATE", "-1", "THREADBOOK_OUTPUT_LIMIT", "20 MB"));

        assertThat(settings).isEqualTo(read(Map.of()));
        assertThat(said())
                .contains("THREADBOOK_IOPUB_RATE, found \"-1\"")
                .contains("THREADBOOK_OUTPUT_LIMIT, found \"20 MB\"");
    }

    private Settings read(Map<String, String> environment) {
        return Settings.of(environment, new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
