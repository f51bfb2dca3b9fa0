package threadbook.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static threadbook.lab.Lab.burn;
import static threadbook.lab.Lab.display;
import static threadbook.lab.Lab.explore;
import static threadbook.lab.Lab.parallel;
import static threadbook.lab.Lab.pid;
import static threadbook.lab.Lab.play;
import static threadbook.lab.Lab.sleep;
import static threadbook.lab.Lab.thread;
import static threadbook.lab.Lab.time;
import static threadbook.lab.Lab.times;
import static threadbook.lab.Lab.until;
import static threadbook.lab.Lab.updateDisplay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.Screen;

/// The cells of the documentation, as they are written there.
@Timeout(20)
class LabTest {

    @Test
    void threads_can_be_started_and_joined() throws InterruptedException {
        var heard = new AtomicInteger();

        var t = thread("T1", () -> heard.addAndGet(1)).daemon(true).start();
        t.join();
        thread(() -> heard.addAndGet(2)).start().join();

        assertThat(heard).hasValue(3);
    }

    @Test
    void different_bodies_run_in_parallel() {
        var heard = new AtomicInteger();

        parallel(() -> heard.addAndGet(1), () -> heard.addAndGet(2));
        parallel(2, i -> times(1000, () -> heard.addAndGet(i)));

        assertThat(heard).hasValue(1003);
    }

    @Test
    void a_sleeping_thread_can_be_interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> sleep(1_000_000))
                .isInstanceOf(WaitInterruptedException.class)
                .hasMessage("sleep(1000000) was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void burning_uses_a_core() {
        var timed = time(() -> burn(20));

        assertThat(timed.cpu()).hasValueSatisfying(cpu -> assertThat(cpu).isPositive());
    }

    @Test
    void trying_goes_on_until_it_is_seen() {
        var tries = new AtomicInteger();

        assertThat(until(3000, () -> tries.incrementAndGet() == 2).tries()).isEqualTo(2);
    }

    @Test
    void a_process_has_an_id() {
        assertThat(pid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void negative_numbers_are_refused_by_name() {
        assertThatThrownBy(() -> sleep(-5)).hasMessage("sleep needs a number of at least 0, found -5");
        assertThatThrownBy(() -> times(-1, () -> {})).hasMessageContaining("times");
    }

    @Test
    void a_value_is_shown_on_the_screen_in_use() {
        var shown = new ArrayList<String>();
        var before = Screen.install(new Screen() {
            @Override
            public String display(Object value) {
                shown.add("new " + value);
                return "7";
            }

            @Override
            public void update(String id, Object value) {
                shown.add(id + " " + value);
            }
        });

        try {
            updateDisplay(display("working"), "done");
        } finally {
            Screen.install(before);
        }

        assertThat(shown).isEqualTo(List.of("new working", "7 done"));
    }

    @Test
    void a_program_can_be_explored_and_played() {
        var printed = explore().thread("A", () -> IO.println("hello")).outcome(() -> "done");
        var heard = new AtomicInteger();
        var counted = explore(() -> heard.set(1)).thread("A", () -> {}).outcome(heard::get);

        assertThat(printed.counts()).containsOnlyKeys("done");
        assertThat(counted.counts()).containsOnlyKeys("1");
        assertThat(play(counted).ending()).contains("1");
    }
}
