package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import threadbook.lab.explore.engine.NotModelledException;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ModelsTest {

    static Outcomes outcomes(String name) throws ReflectiveOperationException {
        String programs = "threadbook.lab.explore.ModelPrograms";
        return (Outcomes) new ExploredLoader(programs)
                .loadClass(programs)
                .getDeclaredMethod(name)
                .invoke(null);
    }

    /// The outcomes with `|` between them.
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    cyclicBarrier,         1 after 2
                    readWriteLock,         0
                    globalLock,            2
                    globalLockChecked,     1|2
                    arrayBlockingQueue,    10
                    linkedBlockingDeque,   10
                    priorityBlockingQueue, 10
                    synchronousQueue,      10
                    fullQueue,             1|deadlock
                    parking,               5|deadlock
                    varHandle,             2
                    varHandleOfField,      10|11
                    atomicArray,           2
                    concurrentMap,         2
                    checkThenAct,          1|2
                    computes,              2
                    hashMap,               done
                    arrayList,             2
                    iterates,              "sum 3|sum 6|T1 threw ConcurrentModificationException"
                    iteratesLocked,        sum 3|sum 6
                    vector,                2
                    copyOnWrite,           1|3
                    linkedQueue,           0 of 1|1 of 1
                    builder,               2
                    fills,                 0|1|2
                    threads,               1|2
                    labThreads,            0 then 1|1 then 1
                    parallel,              1|2
                    alive,                 0|1
                    interrupts,            1|2
                    fixedPool,             1|2
                    singlePool,            2
                    virtualPool,           3 1|3 2
                    starved,               deadlock
                    futures,               22
                    futuresRace,           1 1|2 1
                    firstWins,             1|2
                    clock,                 1
                    seeded,                true
                    """)
    void a_model_lets_come_out_what_can_and_nothing_else(String name, String expected) throws Exception {
        Outcomes outcomes = outcomes(name);

        assertThat(outcomes.counts().keySet()).isEqualTo(Set.of(expected.split("\\|")));
        assertThat(outcomes.exhaustive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "phaser, Phaser",
        "exchanger, Exchanger",
        "stampedLock, StampedLock",
        "longAdder, LongAdder",
        "commonPool, ForkJoinPool",
        "parallelStream, parallel",
        "parallelCollection, parallelStream",
        "timer, Timer",
        "reads, read",
        "file, java.nio.file",
        "process, ProcessBuilder",
        "random, random",
        "unseeded, random",
        "reference, lock",
        "atomicCallsBack, calls the program back"
    })
    void what_is_not_modelled_is_named_with_its_place(String name, String named) throws Exception {
        Outcomes outcomes = outcomes(name);

        assertThatThrownBy(outcomes::counts)
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("ModelPrograms, line");
        assertThatThrownBy(() -> outcomes.verify(0)).isInstanceOf(NotModelledException.class);
    }

    @ParameterizedTest
    @CsvSource({"hashMap, done", "arrayList, 2", "builder, 2", "varHandleOfField, 10|11"})
    void calls_that_nothing_orders_are_never_proved(String name, String expected) throws Exception {
        assertThat(outcomes(name).verify((Object[]) expected.split("\\|"))).isInstanceOf(Verdict.Racy.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cyclicBarrier, 1 after 2",
        "readWriteLock, 0",
        "globalLockChecked, 1|2",
        "arrayBlockingQueue, 10",
        "synchronousQueue, 10",
        "varHandle, 2",
        "concurrentMap, 2",
        "computes, 2",
        "iteratesLocked, sum 3|sum 6",
        "vector, 2",
        "singlePool, 2",
        "futures, 22"
    })
    void what_a_model_orders_is_proved(String name, String expected) throws Exception {
        assertThat(outcomes(name).verify((Object[]) expected.split("\\|"))).isInstanceOf(Verdict.Proved.class);
    }

    @Test
    void a_collection_made_earlier_is_put_back_after_each_schedule() throws Exception {
        String programs = "threadbook.lab.explore.ModelPrograms";
        Class<?> type = new ExploredLoader(programs).loadClass(programs);
        var unused = ((Outcomes) type.getDeclaredMethod("arrayList").invoke(null)).counts();
        var list = type.getDeclaredField("list");
        list.setAccessible(true);

        assertThat(list.get(null))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isEmpty();
    }
}
