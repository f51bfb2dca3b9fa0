package threadbook.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import threadbook.lab.thread.CoreTime;
import threadbook.lab.thread.Parallel;

@Timeout(20)
class LinuxWitnessTest {

    @Test
    void busy_time_is_everything_but_idle_and_waiting_for_a_disk() {
        var stat = LinuxWitness.Stat.parse(List.of(
                "cpu  100 20 30 9999 888 4 5 6 0 0",
                "cpu0 50 10 15 5000 444 2 3 3 0 0",
                "cpu1 50 10 15 4999 444 2 2 3 0 0",
                "intr 1 2 3"));

        assertThat(stat).isEqualTo(new LinuxWitness.Stat(2, 165 * 1e7));
    }

    @Test
    void the_pressure_is_the_total_of_the_line_some_in_microseconds() {
        var text = """
                some avg10=0.89 avg60=0.39 avg300=0.41 total=14233731
                full avg10=0.00 avg60=0.00 avg300=0.00 total=7
                """;

        assertThat(LinuxWitness.parsePressure(text)).isEqualTo(OptionalDouble.of(14_233_731_000.0));
    }

    @Test
    void only_threads_that_were_there_before_and_after_grow() {
        var before = Map.of("11", new CoreTime(100, 10), "12", new CoreTime(5, 5));
        var after = Map.of("11", new CoreTime(150, 30), "13", new CoreTime(7, 7));

        assertThat(LinuxWitness.growth(before, after)).isEqualTo(new CoreTime(50, 20));
    }

    @Test
    void the_first_group_of_threads_that_did_most_of_the_work_says_who_waited() {
        var workers = new CoreTime(90_000_000, 3);
        var everybody = new CoreTime(100_000_000, 500);

        assertThat(LinuxWitness.waiting(List.of(workers, everybody), 100_000_000))
                .hasValue(3);
        assertThat(LinuxWitness.waiting(List.of(CoreTime.NONE, everybody), 100_000_000))
                .hasValue(500);
    }

    @Test
    void nobody_knows_who_waited_if_the_threads_that_did_the_work_are_gone() {
        var rest = new CoreTime(10_000_000, 500);

        assertThat(LinuxWitness.waiting(List.of(CoreTime.NONE, rest), 100_000_000))
                .isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_work_of_this_process_is_seen_also_when_its_threads_have_ended() {
        var watch = CoreWitness.ofThisSystem().begin();

        Parallel.run(2, _ -> new Burner(20).burn(20));

        assertThat(watch.end().own()).isPositive();
    }

    @Test
    void what_every_system_tells_is_not_negative() {
        var watch = new PortableWitness().begin();

        var usage = watch.end();

        assertThat(usage.own()).isNotNegative();
        assertThat(usage.others()).isNotNegative();
        assertThat(usage.waited()).isZero();
    }
}
