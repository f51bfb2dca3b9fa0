package threadbook.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ComparedTest {
    private final Compared compared = new Compared(Map.of("3", 1L), true, new Observed(Map.of("5", 4L), 4, false));

    @Test
    void the_chart_has_a_bar_for_the_schedules_and_one_for_the_runs() {
        String words = compared.chart().mimeBundle().get("text/plain");

        assertThat(words)
                .contains("explored, of the schedules: 3: 100; 5: 0")
                .contains("observed, of the runs: 3: 0; 5: 100");
    }
}
