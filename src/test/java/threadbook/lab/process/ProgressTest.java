package threadbook.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.runtime.Screen;

@Timeout(20)
class ProgressTest {
    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    private final Screen before = Screen.install(new Screen() {
        @Override
        public String display(Object value) {
            shown.add(value.toString());
            return "id";
        }

        @Override
        public void update(String id, Object value) {
            shown.add(id + ": " + value);
        }
    });

    @AfterEach
    void restore() {
        Screen.install(before);
    }

    @Test
    void the_last_state_is_always_shown_and_few_of_those_before() throws InterruptedException {
        var bar = Progress.of("report", 1000);
        for (int i = 0; i < 1000; i++) {
            bar.step();
        }

        String last = "";
        int count = 0;
        while (!last.endsWith("1000 of 1000")) {
            last = shown.take();
            count++;
        }
        assertThat(count).isLessThan(100);
        assertThat(bar.toString()).startsWith("report ████████████████████ 1000");
    }

    @Test
    void a_state_in_the_middle_is_shown_though_nothing_follows() throws InterruptedException {
        var bar = Progress.of("report", 100);
        bar.set(7);

        assertThat(shown.take()).endsWith(" 0 of 100");
        assertThat(shown.take()).isEqualTo("id: report █░░░░░░░░░░░░░░░░░░░ 7 of 100");
    }

    @Test
    void what_is_too_much_is_the_end() {
        var bar = Progress.of("report", 10);
        bar.set(99);

        assertThat(bar.toString()).endsWith("10 of 10");
        assertThat(List.copyOf(shown)).last().asString().endsWith("10 of 10");
    }
}
