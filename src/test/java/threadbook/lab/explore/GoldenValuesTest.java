package threadbook.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Program;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.model.Models;
import threadbook.lab.explore.search.DepthFirst;
import threadbook.lab.explore.search.Reduced;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GoldenValuesTest {

    static Map<String, Integer> reduced(String name, Object... arguments) throws Exception {
        Engine engine = engine(name, arguments);
        Map<String, Integer> counts = new TreeMap<>();
        boolean again;
        try (engine) {
            do {
                again = false;
                counts.clear();
                Reduced search = new Reduced();
                Schedule schedule;
                do {
                    schedule = engine.run(search);
                    again |= schedule.turned();
                    counts.merge(
                            schedule.end() == Schedule.End.COMPLETE
                                    ? String.valueOf(schedule.outcome())
                                    : schedule.end().toString(),
                            1,
                            Integer::sum);
                } while (search.next(schedule));
            } while (again);
        }
        counts.remove("CUT");
        return new LinkedHashMap<>(counts);
    }

    static Engine engine(String name, Object... arguments) throws Exception {
        ClassLoader loader = new ExploredLoader("threadbook.lab.explore.Programs");
        Class<?> programs = loader.loadClass("threadbook.lab.explore.Programs");
        Program program = null;
        for (var method : programs.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                program = (Program) method.invoke(null, arguments);
            }
        }
        Engine engine = new Engine(program, new Models(loader), 10_000, 0);
        engine.open();
        engine.everyAccess(true);
        engine.run((at, choices, e) -> 0);
        engine.run((at, choices, e) -> choices.count() - 1);
        engine.everyAccess(false);
        return engine;
    }

    static Map<String, Integer> counts(String name, Object... arguments) throws Exception {
        Engine engine = engine(name, arguments);
        Map<String, Integer> counts = new TreeMap<>();
        boolean again;
        try (engine) {
            do {
                again = false;
                counts.clear();
                DepthFirst search = DepthFirst.ofAll();
                do {
                    Schedule schedule = engine.run(search);
                    if (schedule.turned()) {
                        again = true;
                    }
                    counts.merge(
                            schedule.end() == Schedule.End.COMPLETE
                                    ? String.valueOf(schedule.outcome())
                                    : schedule.end().toString(),
                            1,
                            Integer::sum);
                } while (search.next());
            } while (again);
        }
        return new LinkedHashMap<>(counts);
    }

    @Test
    void add_and_double() throws Exception {
        assertThat(counts("addAndDouble")).isEqualTo(Map.of("3", 2, "4", 2, "5", 1, "6", 1));
    }

    @Test
    void lost_update() throws Exception {
        assertThat(counts("lostUpdate")).isEqualTo(Map.of("10", 2, "20", 2, "30", 2));
    }

    @Test
    void crossed_locks() throws Exception {
        assertThat(counts("crossed")).isEqualTo(Map.of("done", 2, "DEADLOCK", 2));
        assertThat(counts("crossedLifo")).isEqualTo(Map.of("done", 4, "DEADLOCK", 2));
        assertThat(counts("sameOrder")).isEqualTo(Map.of("done", 4));
        assertThat(counts("sameOrderLifo")).isEqualTo(Map.of("done", 2));
    }

    @Test
    void semaphores() throws Exception {
        assertThat(counts("acquiredAgain")).isEqualTo(Map.of("DEADLOCK", 1));
        assertThat(counts("crossedSemaphores")).isEqualTo(Map.of("done", 2, "DEADLOCK", 2));
        assertThat(counts("behindSemaphore", 2)).isEqualTo(Map.of("2", 34, "1", 36));
        assertThat(counts("behindSemaphore", 1)).isEqualTo(Map.of("2", 2));
    }

    @Test
    void philosophers() throws Exception {
        assertThat(counts("philosophers", true)).isEqualTo(Map.of("done", 162, "DEADLOCK", 6));
        assertThat(counts("philosophers", false)).isEqualTo(Map.of("done", 390, "DEADLOCK", 6));
    }

    @Test
    void store_buffering() throws Exception {
        assertThat(counts("storeBuffering")).isEqualTo(Map.of("(1,1)", 4, "(0,1)", 1, "(1,0)", 1));
    }

    @Test
    void waiting_in_a_loop() throws Exception {
        assertThat(counts("waitsInALoop")).containsOnlyKeys("done");
    }

    @Test
    void monitors() throws Exception {
        assertThat(counts("synchronizedIncrements")).isEqualTo(Map.of("2", 2));
    }

    @Test
    void reduced_finds_the_same_outcomes() throws Exception {
        for (Object[] program : new Object[][] {
            {"addAndDouble"},
            {"lostUpdate"},
            {"crossed"},
            {"crossedLifo"},
            {"sameOrder"},
            {"crossedSemaphores"},
            {"behindSemaphore", 2},
            {"philosophers", true},
            {"philosophers", false},
            {"storeBuffering"},
            {"synchronizedIncrements"},
            {"increments", 2, 3},
            {"increments", 3, 1},
            {"oneWriterTwoReaders"}
        }) {
            Object[] arguments = java.util.Arrays.copyOfRange(program, 1, program.length);
            Map<String, Integer> all = counts((String) program[0], arguments);
            Map<String, Integer> reduced = reduced((String) program[0], arguments);
            assertThat(reduced.keySet()).isEqualTo(all.keySet());
        }
    }

    @Test
    void three_threads_with_a_lock_of_their_own_and_a_shared_one_are_told_apart_by_the_shared_one_alone()
            throws Exception {
        int all = counts("ownAndShared").values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        int some = reduced("ownAndShared").values().stream()
                .mapToInt(Integer::intValue)
                .sum();

        assertThat(some).isLessThanOrEqualTo(all / 20);
    }
}
