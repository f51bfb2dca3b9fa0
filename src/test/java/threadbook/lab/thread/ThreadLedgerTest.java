package threadbook.lab.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadLedgerTest {

    @Test
    void a_thread_that_ends_while_the_ledger_is_open_enters_its_times() {
        assumeTrue(CoreTime.ofCurrentThread().isPresent(), "this system does not count them");

        try (var ledger = ThreadLedger.open()) {
            Parallel.run(2, _ -> {});

            assertThat(ledger.ended().running()).isPositive();
        }
    }

    @Test
    void a_thread_that_began_before_the_ledger_was_opened_enters_nothing() {
        var ledger = new ThreadLedger[1];

        Parallel.run(1, _ -> ledger[0] = ThreadLedger.open());

        assertThat(ledger[0].ended()).isEqualTo(CoreTime.NONE);
        ledger[0].close();
    }

    @Test
    void after_the_ledger_is_closed_nothing_is_entered() {
        var ledger = ThreadLedger.open();
        ledger.close();

        Parallel.run(1, _ -> {});

        assertThat(ledger.ended()).isEqualTo(CoreTime.NONE);
    }

    @Test
    void a_line_of_schedstat_is_time_running_and_time_waiting() {
        assertThat(CoreTime.parse("1047854891 657850 127\n")).isEqualTo(new CoreTime(1_047_854_891, 657_850));
    }
}
