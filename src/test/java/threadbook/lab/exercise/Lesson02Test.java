package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.Lab;
import threadbook.lab.thread.Body;
import threadbook.lab.trace.Slices;
import threadbook.lab.trace.Timeline;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class Lesson02Test {
    private static final List<String> LETTERS = List.of("a", "b", "c", "d");

    private static Timeline trace(Body body) {
        return Lab.trace(body);
    }

    /// Each thread waits for the one before.
    private static Timeline oneByOne() {
        var threads = new Thread[4];
        return trace(() -> {
            for (int i = 0; i < threads.length; i++) {
                int number = i;
                threads[i] = Lab.thread("worker " + i, () -> {
                            if (number > 0) {
                                threads[number - 1].join();
                            }
                            Lab.sleep(20);
                        })
                        .start();
            }
            threads[3].join();
        });
    }

    /// All sleep equally long, however busy the machine is.
    private static Timeline together() {
        return trace(() -> Lab.parallel(4, _ -> Lab.sleep(300)));
    }

    @Test
    void burners_that_take_turns_finish_together() {
        assertThat(Lesson02.finish()
                        .judge(List.of("together"), List.of(together()))
                        .message())
                .contains("the first one ended after");
        assertThatThrownBy(() -> Lesson02.finish().judge(List.of("one by one"), List.of(together())))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("You predicted \"one by one\", but the first one ended after");
    }

    @Test
    void workers_that_wait_for_each_other_finish_one_by_one() {
        assertThat(Lesson02.finish()
                        .judge(List.of("one by one"), List.of(oneByOne()))
                        .message())
                .contains("\"one by one\" it is");
    }

    @Test
    void a_prediction_that_is_not_one_of_the_words_is_refused() {
        assertThatThrownBy(() -> Lesson02.finish().judge(List.of("soon"), List.of(together())))
                .hasMessage("Predict one of \"together\", \"one by one\".");
    }

    @Test
    void something_else_than_a_timeline_is_refused() {
        assertThatThrownBy(() -> Lesson02.finish().judge(List.of("together"), List.of("tea")))
                .hasMessageContaining("Hand in the timeline of the four burners");
        assertThatThrownBy(() -> Lesson02.finish().judge(List.of("together"), List.of(trace(() -> {}))))
                .hasMessageContaining("several burners, found 0");
    }

    @Test
    void on_one_core_never_more_than_one_thread_is_on_a_core() {
        var slices = new AtomicReference<Slices>();
        Lab.pinned(() -> slices.set(Lab.slices(4, 200)));

        assertThat(Lesson02.cores().judge(List.of(slices.get(), "a")).message()).contains("1 of 4 threads at once");
        assertThatThrownBy(() -> Lesson02.cores().judge(List.of(slices.get(), "c")))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("Not (c), \"all of them\"");
    }

    @Test
    void exactly_one_length_of_slices_is_the_commonest() {
        var slices = new AtomicReference<Slices>();
        Lab.pinned(() -> slices.set(Lab.slices(4, 200)));

        assertThat(LETTERS)
                .anySatisfy(letter -> assertThat(Lesson02.lengths()
                                .judge(List.of(slices.get(), letter))
                                .message())
                        .contains("slices"));
    }

    @Test
    void a_virtual_thread_without_a_carrier_begins_when_another_has_ended() {
        var timeline = trace(() -> {
            Lab.thread("v1", () -> Lab.sleep(5)).virtual().start().join();
            Lab.thread("v2", () -> Lab.sleep(5)).virtual().start().join();
        });

        assertThat(Lesson02.last().judge(List.of(timeline, "b")).message())
                .contains("1 of the 1 others had ended when v2 began");
        assertThatThrownBy(() -> Lesson02.last().judge(List.of(timeline, "a"))).isInstanceOf(CheckFailed.class);
    }

    @Test
    void a_letter_that_is_no_answer_is_refused() {
        Slices slices = Lab.slices(1, 5);

        assertThatThrownBy(() -> Lesson02.cores().judge(List.of(slices, "x")))
                .hasMessage("\"x\" is not one of the answers, which go from \"a\" to \"d\".");
        assertThatThrownBy(() -> Lesson02.cores().judge(List.of(slices)))
                .hasMessageContaining("Hand in the slices and the letter");
    }
}
