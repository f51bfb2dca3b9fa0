package threadbook.lab.figure;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FigureWarmupTest {

    @Test
    void the_warm_up_may_run_twice() {
        var warmup = new FigureWarmup();

        assertThatCode(() -> {
                    warmup.run();
                    warmup.run();
                })
                .doesNotThrowAnyException();
    }
}
