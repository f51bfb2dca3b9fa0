package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import threadbook.lab.explore.engine.NotModelledException;
import threadbook.lab.explore.engine.SetupFailedException;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KnownProgramsTest {

    private static final long BUDGET = 10_000; // ms, twice the usual

    static Outcomes outcomes(String name, Object... arguments) throws ReflectiveOperationException {
        String programs = "threadbook.lab.explore.KnownPrograms";
        for (var method : new ExploredLoader(programs).loadClass(programs).getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return (Outcomes) method.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    @ParameterizedTest
    @CsvSource({"2, 10, 20", "3, 3, 9"})
    void of_too_many_schedules_there_is_a_way_to_each_outcome_and_no_word_of_all(int threads, int each, int most)
            throws Exception {
        Outcomes additions = outcomes("additions", threads, each, BUDGET);

        assertThat(additions.counts().keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(2, most).mapToObj(String::valueOf).toList());
        assertThat(additions.exhaustive()).isFalse();
        assertThat(additions.replay(2).ending()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "peterson, 1",
        "dekker, 1",
        "boundedNotifyAll, 0",
        "barrierAgain, 1 1 2",
        "readersAndWriter, 0",
        "philosophersInOrder, fed",
        "philosophersWithWaiter, fed",
        "philosophersTogether, fed",
        "leftHanded, fed",
        "fiveInOrder, fed"
    })
    void what_is_right_is_proved(String name, String outcome) throws Exception {
        Verdict verdict = outcomes(name).verify(outcome);

        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Proved.class);
    }

    @ParameterizedTest
    @CsvSource({
        "petersonWithoutTurn, 1, deadlock",
        "boundedIf, 0, NoSuchElementException",
        "boundedNotify, 0, deadlock",
        "onceChecked2, 1, 2",
        "philosophers, fed, deadlock",
        "five, fed, deadlock",
        "differentLocks, 2, 1",
        "boxedLock, 3, ''",
        "spuriousOnly, 1, 2"
    })
    void what_is_wrong_is_refuted(String name, String claimed, String instead) throws Exception {
        Verdict verdict = outcomes(name).verify(claimed);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refuted.class,
                        refuted -> assertThat(refuted.counterexample().ending()).contains(instead));
    }

    @ParameterizedTest
    @CsvSource({
        "peterson, 1",
        "petersonWithoutTurn, 1|deadlock",
        "aba, 1 true|1 false|0 false",
        "oneChoiceOfNotify, 1|2",
        "spuriousOnly, 1",
        "doubleChecked, 1",
        "differentLocks, 1|2",
        "boxedLock, 2|3"
    })
    void the_outcomes_are_these(String name, String expected) throws Exception {
        assertThat(outcomes(name).counts().keySet()).isEqualTo(Set.of(expected.split("\\|")));
    }

    @Test
    void checking_twice_without_volatile_is_a_race() throws Exception {
        assertThat(outcomes("doubleChecked").verify(1)).isInstanceOf(Verdict.Racy.class);
    }

    @Test
    void what_needs_four_preemptions_is_found() throws Exception {
        assertThat(outcomes("fourPreemptions").verify((Object[])
                        java.util.stream.IntStream.rangeClosed(3, 20).boxed().toArray()))
                .isInstanceOfAny(Verdict.Refuted.class, Verdict.NotExhaustive.class);
    }

    @Test
    void what_a_thread_throws_is_an_outcome() throws Exception {
        assertThat(outcomes("throwsInAThread").counts().keySet()).containsExactly("T1 threw IllegalStateException: no");
    }

    @ParameterizedTest
    @CsvSource({"neverEnds, true", "livelock, false"})
    void what_never_ends_is_called_endless(String name, boolean only) throws Exception {
        assertThat(outcomes(name).counts().keySet()).contains("endless");
    }

    @Test
    void what_is_printed_changes_no_count() throws Exception {
        assertThat(outcomes("prints").counts()).containsExactly(java.util.Map.entry("0", 1L));
    }

    @Test
    void a_set_up_that_throws_is_told_with_its_cause() throws Exception {
        Outcomes outcomes = outcomes("setupThrows");

        assertThatThrownBy(outcomes::counts)
                .isInstanceOf(SetupFailedException.class)
                .hasRootCauseMessage("not ready");
    }

    @Test
    void a_set_up_that_waits_is_refused_with_its_place() throws Exception {
        Outcomes outcomes = outcomes("setupBlocks");

        assertThatThrownBy(outcomes::counts)
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("KnownPrograms, line");
    }

    @ParameterizedTest
    @CsvSource({"seventeen, at most 16", "referenceAsBody, method reference"})
    void what_cannot_be_explored_is_said_at_once(String name, String why) {
        assertThatThrownBy(() -> outcomes(name))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"neverEnds", "setupBlocks", "throwsInAThread", "five"})
    void no_thread_is_left_behind(String name) throws Exception {
        Outcomes outcomes = outcomes(name);
        try {
            outcomes.verify("fed");
        } catch (NotModelledException _) {
            // also then
        }
        assertThat(Arrays.stream(threads()).filter(Thread::isAlive))
                .noneMatch(thread -> thread.getName().equals("explorer") && !ends(thread));
    }

    private static Thread[] threads() {
        return Thread.getAllStackTraces().keySet().toArray(Thread[]::new);
    }

    private static boolean ends(Thread thread) {
        try {
            return thread.join(java.time.Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
