package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.measure.TextTable;

/// How long one thread was held up each time: by a lock, by others, or for want of a core.
///
/// What it spends asleep or in input and output is no part of it.
///
/// @param thread  its name
/// @param millis  milliseconds, each time one, in order of time
public record Latency(String thread, List<Double> millis) {
    public Latency {
        millis = List.copyOf(millis);
    }

    /// {@return of each time that the thread was held up how long that was}
    static Latency of(Lane lane) {
        var millis = new ArrayList<Double>();
        long begun = -1;
        for (Segment each : lane.segments()) {
            if (each.state().isHeldUp()) {
                begun = begun < 0 ? each.begin() : begun;
            } else if (begun >= 0) {
                millis.add((each.begin() - begun) / 1e6);
                begun = -1;
            }
        }
        if (begun >= 0) {
            millis.add((lane.end() - begun) / 1e6);
        }
        return new Latency(lane.name(), millis);
    }

    /// {@return how often it was held up}
    public int count() {
        return millis.size();
    }

    /// {@return the median in milliseconds, 0 if it was never held up}
    public double median() {
        return quantile(0.5);
    }

    /// {@return milliseconds that nine of ten times do not exceed, 0 if it was never held up}
    public double p90() {
        return quantile(0.9);
    }

    /// {@return the longest time in milliseconds, 0 if it was never held up}
    public double max() {
        return quantile(1);
    }

    private double quantile(double share) {
        double[] sorted = millis.stream().mapToDouble(each -> each).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * (sorted.length - 1))];
    }

    /// {@return one row for each time, column `ms`}
    public Table table() {
        return Table.create(
                "Times that " + thread + " was held up",
                DoubleColumn.create(
                        "ms", millis.stream().mapToDouble(each -> each).toArray()));
    }

    /// {@return how often it was held up for how long}
    public Chart chart() {
        return Histogram.of(millis, "times", "Times that %s was held up, by their length".formatted(thread));
    }

    /// {@return as a table of one row}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", text().html(), "text/plain", text().text());
    }

    private TextTable text() {
        return new TextTable(
                List.of("thread", "held up", "median", "nine of ten up to", "longest"),
                List.of(List.of(thread, count() + " times", ms(median()), ms(p90()), ms(max()))),
                List.of());
    }

    private static String ms(double millis) {
        return String.format(Locale.ROOT, millis < 1 ? "%.3f ms" : "%.1f ms", millis);
    }

    @Override
    public String toString() {
        return text().text();
    }
}
