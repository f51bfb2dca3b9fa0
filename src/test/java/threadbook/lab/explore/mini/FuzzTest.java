package threadbook.lab.explore.mini;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
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

/// The explorer against the enumerator, on random programs.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FuzzTest {
    private static final int PROGRAMS = Integer.getInteger("threadbook.fuzz.programs", 2000);
    private static final int BATCH = 250; // programs that are compiled in one go
    private static final long MOST_SCHEDULES = 800;

    private record Case(String name, Mini program, String source, Map<String, Long> counts) {}

    @Test
    void random_programs_have_the_outcomes_and_counts_of_the_enumerator() throws Exception {
        long seed = Long.getLong("threadbook.fuzz.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("explored against the enumerator: seed " + seed);
        var random = new Random(seed);
        var programs = new RandomMini(random);
        for (int done = 0; done < PROGRAMS; done += BATCH) {
            Map<String, Case> cases = cases(programs, done);
            var sources = new LinkedHashMap<String, String>();
            cases.forEach((name, one) -> sources.put(name, one.source));
            var compiled = new CompiledMini(sources);
            for (Case one : cases.values()) {
                String about = "seed %d, program %s:%n%s".formatted(seed, one.name, one.source);
                check(compiled.program(one.name), one.counts, about);
            }
        }
    }

    private static Map<String, Case> cases(RandomMini programs, int from) {
        var cases = new LinkedHashMap<String, Case>();
        while (cases.size() < Math.min(BATCH, PROGRAMS)) {
            Mini program = programs.next();
            try {
                Map<String, Long> counts = Enumerator.counts(program);
                long all = counts.values().stream().mapToLong(Long::longValue).sum();
                if (all > 1 && all <= MOST_SCHEDULES) {
                    String name = "P" + (from + cases.size());
                    boolean fresh = cases.size() % 2 == 0;
                    cases.put(name, new Case(name, program, JavaText.of(program, name, fresh), counts));
                }
            } catch (Enumerator.TooLargeException _) {
                // another one, then
            }
        }
        return cases;
    }

    private static void check(Program program, Map<String, Long> expected, String about) throws Exception {
        Engine engine = new Engine(program, new Models(program.loader()), 2_000, 0);
        try (engine) {
            engine.open();
            engine.everyAccess(true);
            engine.run((at, choices, e) -> 0);
            engine.run((at, choices, e) -> choices.count() - 1);
            engine.everyAccess(false);
            assertThat(counts(engine)).as(about).isEqualTo(expected);
            assertThat(reduced(engine).keySet()).as("reduced: " + about).isEqualTo(expected.keySet());
        } catch (RuntimeException e) {
            throw new AssertionError(about, e);
        }
    }

    private static Map<String, Long> counts(Engine engine) throws Exception {
        long enough = 4 * MOST_SCHEDULES;
        while (true) {
            var counts = new TreeMap<String, Long>();
            var search = DepthFirst.ofAll();
            boolean turned;
            boolean more;
            long run = 0;
            do {
                Schedule schedule = engine.run(search);
                turned = schedule.turned();
                add(schedule, counts);
                more = search.next() && ++run < enough;
            } while (more && !turned);
            if (!turned) {
                return counts;
            }
        }
    }

    private static Map<String, Long> reduced(Engine engine) throws Exception {
        while (true) {
            var counts = new TreeMap<String, Long>();
            var search = new Reduced();
            boolean turned;
            boolean more;
            do {
                Schedule schedule = engine.run(search);
                turned = schedule.turned();
                if (schedule.end() != Schedule.End.CUT) {
                    add(schedule, counts);
                }
                more = search.next(schedule);
            } while (more && !turned);
            if (!turned) {
                return counts;
            }
        }
    }

    private static void add(Schedule schedule, Map<String, Long> counts) {
        boolean threw = schedule.threads().stream().anyMatch(thread -> thread.thrown() != null);
        String outcome = schedule.end() != Schedule.End.COMPLETE
                ? schedule.end().toString()
                : threw ? "threw" : String.valueOf(schedule.outcome());
        counts.merge(outcome, 1L, Long::sum);
    }
}
