package threadbook.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import threadbook.runtime.Explained;

@Timeout(20)
class ExerciseBookTest {

    private final ExerciseBook book = ExerciseBook.ofAllLessons();

    @Test
    void an_answer_is_told_only_after_a_prediction() {
        assertThatThrownBy(() -> book.check("03-predict-finish"))
                .isInstanceOf(CheckFailed.class)
                .isInstanceOf(Explained.class)
                .hasMessageContaining("Predict first")
                .hasMessageContaining("predict(\"03-predict-finish\"");
    }

    @Test
    void a_prediction_is_noted_and_judged_later() {
        var predicted = book.predict("03-predict-finish", 3, 6, 8, 18);

        assertThat(predicted)
                .hasToString(
                        "Noted for 03-predict-finish: 3, 6, 8, 18. Now see what happens, then check(\"03-predict-finish\").");
        assertThat(book.check("03-predict-finish", Answers.handedIn("finish")).answer())
                .hasSize(4);
    }

    @Test
    void a_later_prediction_takes_the_place_of_an_earlier_one() {
        book.predict("03-predict-finish", 1);
        book.predict("03-predict-finish", 3, 6, 8, 18);

        assertThat(book.check("03-predict-finish", Answers.handedIn("finish")).id())
                .isEqualTo("03-predict-finish");
    }

    @Test
    void values_may_come_in_a_collection_or_an_array() {
        assertThat(book.predict("03-predict-finish", List.of(3, 6), new int[] {8, 18})
                        .values())
                .containsExactly("3", "6", "8", "18");
    }

    @Test
    void a_prediction_of_nothing_is_refused() {
        assertThatThrownBy(() -> book.predict("03-predict-finish")).hasMessageContaining("at least one value");
    }

    @Test
    void handing_in_the_wrong_kind_says_what_to_hand_in() {
        assertThatThrownBy(() -> book.predict("03-fix-counter", 1)).hasMessageContaining("check(\"03-fix-counter\"");
        assertThatThrownBy(() -> book.check("03-fix-counter")).hasMessageContaining("an explored program");
        assertThatThrownBy(() -> book.check("03-hunt-four", "T1")).hasMessageContaining("a schedule");
        assertThatThrownBy(() -> book.check("03-speedup-claim", 1)).hasMessageContaining("speedup");
    }

    @Test
    void an_unknown_name_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> book.hint("03-fix-conter"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There is no exercise \"03-fix-conter\"; there are 01-")
                .hasMessageContaining("03-fix-counter, 03-hunt-four")
                .hasMessageContaining("07-predict-checks, 09-");
    }

    static Stream<String> ids() {
        return Stream.of(
                        Lesson01.exercises(),
                        Lesson02.exercises(),
                        Lesson03.exercises(),
                        Lesson04.exercises(),
                        Lesson05.exercises(),
                        Lesson07.exercises(),
                        Lesson09.exercises())
                .flatMap(List::stream)
                .map(Exercise::id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void hints_come_one_at_a_time_and_stay(String id) {
        var first = book.hint(id);
        var second = book.hint(id);
        var third = book.hint(id);
        var again = book.hint(id);

        assertThat(first.revealed()).hasSize(1);
        assertThat(second.revealed()).hasSize(2).startsWith(first.revealed().getFirst());
        assertThat(third.left()).isZero();
        assertThat(again).isEqualTo(third);
        assertThat(first.toString()).startsWith("Hint 1: ").endsWith("2 more: run the cell again.");
        assertThat(third.toString()).endsWith("That was the last hint.");
    }
}
