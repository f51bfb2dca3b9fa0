package threadbook.lab.gil;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.Parallel;

@Timeout(30)
class ReferenceCountsTest {

    @Test
    void every_way_but_the_plain_one_counts_right_with_two_threads() {
        for (Counted counted : new Counted[] {
            new Counted.UnderGlobalLock(),
            new Counted.Locked(),
            new Counted.Atomic(),
            new Counted.Biased(Thread.currentThread())
        }) {
            Parallel.run(2, _ -> counted.pairs(50_000));

            assertThat(counted.count()).as(counted.getClass().getSimpleName()).isEqualTo(1);
        }
    }

    @Test
    void one_thread_counts_right_in_every_way() {
        Counted plain = new Counted.Plain();

        plain.pairs(1000);

        assertThat(plain.count()).isEqualTo(1);
    }

    @Test
    void what_was_measured_is_a_table_a_chart_and_text() {
        ReferenceCounts counts = ReferenceCounts.measure();

        assertThat(counts.table().columnNames())
                .containsExactly("counted", "ns alone", "ns together", "count left", "right");
        assertThat(counts.table().stringColumn("counted").asList())
                .containsExactly("plain", "global lock", "lock per object", "atomic", "biased");
        assertThat(counts.chart().alt()).contains("two threads, one object");
        assertThat(counts).asString().contains("atomic", "right");
        assertThat(counts.ways().stream().skip(1)).allMatch(ReferenceCounts.Way::right);
    }
}
