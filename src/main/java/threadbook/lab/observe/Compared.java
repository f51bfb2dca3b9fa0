package threadbook.lab.observe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;

/// What can come out beside what did: the explored outcomes, each with its share of the observed runs.
///
/// How many schedules lead to an outcome says little about how often it occurs: a machine does not
/// choose among schedules at random.
///
/// @param schedules   in how many schedules what comes out, in the order to show
/// @param exhaustive  whether these are all schedules
/// @param observed    what really came out
public record Compared(Map<String, Long> schedules, boolean exhaustive, Observed observed) {
    private static final String EXPLORED = "explored, of the schedules";
    private static final String OBSERVED = "observed, of the runs";

    public Compared {
        schedules = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
    }

    /// {@return outcomes that occurred though no explored schedule has them}: the machine does more than
    /// take turns, or not all schedules were run
    public List<String> surprises() {
        return observed.counts().keySet().stream()
                .filter(outcome -> !schedules.containsKey(outcome))
                .toList();
    }

    /// {@return a row for each outcome}: `outcome`, `schedules`, `runs` and `share` of the runs
    public Table table() {
        var outcomes = StringColumn.create("outcome");
        var paths = LongColumn.create("schedules");
        var runs = LongColumn.create("runs");
        var shares = DoubleColumn.create("share");
        var all = new LinkedHashMap<>(schedules);
        surprises().forEach(outcome -> all.put(outcome, 0L));
        all.forEach((outcome, count) -> {
            outcomes.append(outcome);
            paths.append(count);
            runs.append(observed.counts().getOrDefault(outcome, 0L));
            shares.append(observed.share(outcome));
        });
        return Table.create("explored and observed", outcomes, paths, runs, shares);
    }

    /// {@return for each outcome its share of the schedules and its share of the runs, in percent}
    public Chart chart() {
        long total = Math.max(
                1, schedules.values().stream().mapToLong(Long::longValue).sum());
        var outcomes = StringColumn.create("outcome");
        var shares = DoubleColumn.create("share, %");
        var series = StringColumn.create("series");
        for (var row : table()) {
            for (String one : List.of(EXPLORED, OBSERVED)) {
                outcomes.append(row.getString("outcome"));
                series.append(one);
                shares.append(100.0
                        * (one.equals(EXPLORED) ? (double) row.getLong("schedules") / total : row.getDouble("share")));
            }
        }
        return Charts.bars(Table.create("shares", outcomes, shares, series), "Explored and observed outcomes");
    }

    /// {@return the table as html and as text}
    public Map<String, String> mimeBundle() {
        return ComparedView.of(this);
    }

    @Override
    public String toString() {
        return ComparedView.text(this);
    }
}
