package threadbook.lab.exercise;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import threadbook.lab.exercise.ChartReading.Reading;

/// The exercises of lesson 09, process pools.
final class Lesson09 {
    private static final List<String> WAYS = List.of("pipe", "socket", "memory");
    private static final double NEAR = 0.9; // of the best counts as the best

    private Lesson09() {}

    static List<Exercise> exercises() {
        return List.of(lost(), breakEven(), channels());
    }

    /// A map that a body which runs in other processes fills, and which stays empty here.
    static WorkersNoted lost() {
        return new WorkersNoted(
                "09-fix-lost",
                List.of(
                        "In whose memory is the map that put changes?",
                        "What a process knows comes back as a result or through a channel, not through a variable.",
                        "Let pool.map return the pid for each item, and put the pids into the map here: see the list"
                                + " that map gives back."));
    }

    /// From which size of the work on is a pool of processes faster?
    static BreakEvenClaim breakEven() {
        return new BreakEvenClaim(
                "09-claim-break-even",
                List.of(
                        "Which gain means that nothing was gained and nothing lost?",
                        "Go through the sizes from the largest to the smallest, as long as the gain is above 1.",
                        "Any number will do between the largest size with a gain below 1 and the next one; 0 if even the"
                                + " largest does not pay."));
    }

    /// Which way takes the most of the smallest messages in a second?
    static ChartReading<Table> channels() {
        return new ChartReading<>(
                "09-read-channels",
                Table.class,
                "the table of rates",
                List.of("a pipe", "a socket", "shared memory"),
                Lesson09::fastest,
                List.of(
                        "Where on the horizontal axis are the smallest messages?",
                        "The axis is logarithmic: one step up is ten times as many.",
                        "Compare the leftmost points of the three lines between processes."));
    }

    private static Reading fastest(Table rates) {
        if (!rates.columnNames().containsAll(List.of("bytes", "messages per second", "series"))) {
            throw new CheckFailed("Expected columns bytes, messages per second and series, found "
                    + String.join(", ", rates.columnNames()));
        }
        double smallest = rates.numberColumn("bytes").min();
        double[] found = new double[WAYS.size()];
        for (Row row : rates) {
            int way = WAYS.indexOf(row.getString("series"));
            if (way >= 0 && row.getNumber("bytes") == smallest) {
                found[way] = row.getNumber("messages per second");
            }
        }
        double best = Math.max(found[0], Math.max(found[1], found[2]));
        if (best <= 0) {
            throw new CheckFailed("The table has none of the series %s.".formatted(String.join(", ", WAYS)));
        }
        Set<Integer> right = new HashSet<>();
        for (int way = 0; way < found.length; way++) {
            if (found[way] >= NEAR * best) {
                right.add(way);
            }
        }
        return new Reading(
                right,
                String.format(
                        Locale.ROOT,
                        "pipe %,.0f, socket %,.0f, shared memory %,.0f messages in a second.",
                        found[0],
                        found[1],
                        found[2]));
    }
}
