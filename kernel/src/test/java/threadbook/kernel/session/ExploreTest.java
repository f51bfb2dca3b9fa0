package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExploreTest {

    @Test
    void plain_code_of_cells_is_explored() {
        try (var notebook = new Notebook()) {
            notebook.run("int x;");

            assertThat(notebook.ask("""
                            import threadbook.lab.explore.*;
                            Exploration.of(() -> x = 2).thread(() -> x = x + 1).thread(() -> x = x * 2).outcome(() -> x).counts()
                            """)).isEqualTo("{3=2, 4=2, 5=1, 6=1}");
        }
    }
}
