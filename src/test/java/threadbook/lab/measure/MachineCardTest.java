package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MachineCardTest {

    private static MachineCard card(int cores, Verdict effective) {
        return new MachineCard(cores, 8, effective, 0.2, "OpenJDK 25", "Linux 6.1, amd64", 1, 2);
    }

    @Test
    void a_container_is_told_how_many_of_the_cores_it_may_use() {
        var effective = new Verdict.Measured(new Estimate(1.9, new Interval(1.8, 1.95)));

        assertThat(card(2, effective).toString())
                .contains("2 of 8")
                .contains("1.90 (1.80–1.95)")
                .contains("0.2 cores")
                .contains("1 thread\n")
                .contains("2 cores");
    }

    @Test
    void effective_cores_that_could_not_be_measured_have_a_reason() {
        assertThat(card(8, new Verdict.TooNoisy(3.5, 8, 0)).mimeBundle().get("text/html"))
                .contains("too noisy: other programs used 3.5 of 8 cores");
    }

    @Test
    void this_machine_has_cores_and_a_java() {
        var machine = MachineCard.ofThisMachine();

        assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.java()).contains("25");
        assertThat(machine.commonPool()).isPositive();
        assertThat(machine.virtualThreads()).isPositive();
    }
}
