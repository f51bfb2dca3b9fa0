package threadbook.lab.explore.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Schedule;

/// What a search has found so far.
///
/// Belongs to the thread that searches, until it is done.
public final class Found {

    /// How often something came out, and the shortest way to it.
    public static final class Row {
        private long schedules; // the most that one search has found
        private long now; // found by the running search
        private Path shortest;

        Row(Path shortest) {
            this.shortest = shortest;
        }

        /// {@return in how many schedules it came out}
        public long schedules() {
            return schedules;
        }

        /// {@return the way to it with the fewest preemptions, and among those the fewest steps, of all
        /// schedules that were run}
        public Path shortest() {
            return shortest;
        }
    }

    private final Map<Ending, Row> rows = new LinkedHashMap<>();
    private boolean exhaustive;
    private @Nullable Race race;
    private @Nullable Path raceWay;

    void add(Schedule schedule) {
        Ending ending = Ending.of(schedule);
        Row row = rows.get(ending);
        if (row == null) {
            row = new Row(Path.of(schedule));
            rows.put(ending, row);
        } else if (Path.better(schedule, row.shortest)) {
            row.shortest = Path.of(schedule);
        }
        row.now++;
        row.schedules = Math.max(row.schedules, row.now);
        if (race == null) {
            race = Race.in(schedule).orElse(null);
            raceWay = race == null ? null : Path.of(schedule);
        }
    }

    /// Another search begins, which may find the same schedules again: they do not count twice.
    void again() {
        rows.values().forEach(row -> row.now = 0);
    }

    void finished() {
        exhaustive = true;
    }

    /// {@return what came out, in the order in which it was found}
    public Map<Ending, Row> rows() {
        return rows;
    }

    /// {@return how many different schedules were run, at least}
    public long schedules() {
        return rows.values().stream().mapToLong(Row::schedules).sum();
    }

    /// {@return whether there are no others}
    public boolean exhaustive() {
        return exhaustive;
    }

    /// {@return the first data race that was seen}
    public Optional<Race> race() {
        return Optional.ofNullable(race);
    }

    /// {@return the schedule in which it was seen}
    public Optional<Path> raceWay() {
        return Optional.ofNullable(raceWay);
    }
}
