package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// What the threads of one run did: a lane for each, and who held which lock when. Shows itself.
///
/// ```java
/// var t = trace(() -> parallel(4, i -> burn(150)));
/// t.table()                       // each stretch of each lane
/// t.latency(1).median()           // how long lane 1 was held up each time, in ms
/// ```
///
/// Immutable. Times are milliseconds where a method hands them out, unless it says otherwise.
public final class Timeline {
    private final List<Lane> lanes;
    private final List<Guard> guards;
    private final long length;
    private final List<String> remarks;

    /// @param length   nanoseconds from the beginning of the code to its end
    /// @param remarks  sentences on what was not recorded, and what recording cost
    Timeline(List<Lane> lanes, List<Guard> guards, long length, List<String> remarks) {
        this.lanes = List.copyOf(lanes);
        this.guards = List.copyOf(guards);
        this.length = length;
        this.remarks = List.copyOf(remarks);
    }

    /// {@return a lane for each thread, in the order in which they were made; the one that called `trace` comes last}
    public List<Lane> lanes() {
        return lanes;
    }

    List<Guard> guards() {
        return guards;
    }

    /// {@return sentences on what was not recorded, and what recording cost}
    public List<String> remarks() {
        return remarks;
    }

    /// {@return how long the code took, in milliseconds}
    public double millis() {
        return length / 1e6;
    }

    long length() {
        return length;
    }

    /// {@return the most threads that had something to do at once}: that ran, slept, were in input or output or
    /// waited for a core, and did not wait for a lock, a permit or each other
    ///
    /// Overlaps that come to less than a millisecond in all, or a two-hundredth of the whole if that is less, do
    /// not count: one thread hands over to the next.
    public int peak() {
        return most(State::isAtWork, Math.min(1e6 / Math.max(1, length), 1.0 / 200));
    }

    /// {@return the most threads that were in a state at once}
    ///
    /// @param share  of the whole time that it must have been so many or more, in all
    int most(State state, double share) {
        return most(each -> each == state, share);
    }

    private int most(Predicate<State> counts, double share) {
        var changes = new TreeMap<Long, Integer>();
        for (Lane lane : lanes) {
            for (Segment each : lane.segments()) {
                if (counts.test(each.state())) {
                    changes.merge(each.begin(), 1, Integer::sum);
                    changes.merge(each.end(), -1, Integer::sum);
                }
            }
        }
        var time = new TreeMap<Integer, Long>(); // nanoseconds with so many
        int now = 0;
        long from = 0;
        for (var change : changes.entrySet()) {
            time.merge(now, change.getKey() - from, Long::sum);
            from = change.getKey();
            now += change.getValue();
        }
        long sum = 0;
        for (var each : time.descendingMap().entrySet()) {
            sum += each.getValue();
            if (sum > 0 && sum >= share * length) {
                return each.getKey();
            }
        }
        return 0;
    }

    /// {@return how many cores the threads used on average}: the time that they ran, divided by the whole
    public double cores() {
        return (millis(State.RUNNING) + millis(State.HOLDING)) * 1e6 / Math.max(1, length);
    }

    /// {@return the most of a semaphore's permits that were taken at once}; of a lock or monitor 1, or 0
    ///
    /// @throws IllegalArgumentException  if nothing of it was recorded
    public int peak(Object guard) {
        return guards.stream()
                .filter(each -> each.is(guard))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a lock or semaphore that the traced code took, found %s. It took %s."
                                .formatted(
                                        guard,
                                        guards.isEmpty()
                                                ? "none"
                                                : String.join(
                                                        ", ",
                                                        guards.stream()
                                                                .map(Guard::name)
                                                                .toList()))))
                .peak();
    }

    /// {@return how long a thread was held up each time}
    ///
    /// @param lane  its number, from 0, in the order of [#lanes]
    /// @throws IllegalArgumentException  if there is no such lane
    public Latency latency(int lane) {
        if (lane < 0 || lane >= lanes.size()) {
            throw new IllegalArgumentException("Expected a lane from 0 to %d, found %d; the lanes are %s."
                    .formatted(lanes.size() - 1, lane, names()));
        }
        return Latency.of(lanes.get(lane));
    }

    /// {@return how long a thread was held up each time}
    ///
    /// @param lane  the thread's name
    /// @throws IllegalArgumentException  if there is no such lane
    public Latency latency(String lane) {
        return Latency.of(lane(lane));
    }

    /// {@return what a thread did}
    ///
    /// @param name  of the thread
    /// @throws IllegalArgumentException  if there is no such lane
    public Lane lane(String name) {
        return lanes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected the name of a thread, found \"%s\"; the lanes are %s.".formatted(name, names())));
    }

    private String names() {
        var first = lanes.stream().limit(12).map(Lane::name).toList();
        String more = lanes.size() > first.size() ? " and %d more".formatted(lanes.size() - first.size()) : "";
        return String.join(", ", first) + more;
    }

    /// {@return milliseconds that all threads together spent in a state}
    public double millis(State state) {
        return lanes.stream()
                        .mapToLong(lane -> lane.times().getOrDefault(state, 0L))
                        .sum()
                / 1e6;
    }

    /// {@return a row for each stretch of each lane}: `thread`, `state`, `from ms`, `to ms`, `ms`, `on`, `let go by`,
    /// `where`
    public Table table() {
        var thread = StringColumn.create("thread");
        var state = StringColumn.create("state");
        var from = DoubleColumn.create("from ms");
        var to = DoubleColumn.create("to ms");
        var ms = DoubleColumn.create("ms");
        var on = StringColumn.create("on");
        var by = StringColumn.create("let go by");
        var where = StringColumn.create("where");
        for (Lane lane : lanes) {
            for (Segment each : lane.segments()) {
                thread.append(lane.name());
                state.append(each.state().toString());
                from.append(rounded(each.begin()));
                to.append(rounded(each.end()));
                ms.append(rounded(each.length()));
                on.append(each.on());
                by.append(each.by());
                where.append(each.place());
            }
        }
        return Table.create("Timeline", thread, state, from, to, ms, on, by, where);
    }

    /// {@return a row for each thread: how long it was in which state, in milliseconds}; states that no thread was in
    /// are left out
    public Table shares() {
        var columns = new ArrayList<tech.tablesaw.columns.Column<?>>();
        columns.add(StringColumn.create("thread", lanes.stream().map(Lane::name).toArray(String[]::new)));
        for (State state : State.values()) {
            double[] millis = lanes.stream()
                    .mapToDouble(lane -> rounded(lane.times().getOrDefault(state, 0L)))
                    .toArray();
            if (java.util.Arrays.stream(millis).anyMatch(each -> each > 0)) {
                columns.add(DoubleColumn.create(state + " ms", millis));
            }
        }
        return Table.create("Shares of time", columns.toArray(tech.tablesaw.columns.Column<?>[]::new));
    }

    private static double rounded(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    /// {@return the picture, which shows itself}
    public Timeline chart() {
        return this;
    }

    /// {@return the picture as SVG}
    public String svg() {
        return new LanePicture(this).svg();
    }

    /// {@return the lanes as JSON for ui.perfetto.dev or chrome://tracing}
    public String chromeTrace() {
        return ChromeTrace.of(this).json();
    }

    /// {@return the picture with its remarks, and the lanes as text}
    public Map<String, String> mimeBundle() {
        return TimelineView.of(this);
    }

    /// {@return the lanes as lines of letters, and how much of the time was spent how}
    @Override
    public String toString() {
        return TimelineView.text(this);
    }

    /// {@return milliseconds in words}
    static String ms(long nanos) {
        double millis = nanos / 1e6;
        String pattern =
                millis >= 99.95 ? "%.0f ms" : millis >= 9.995 ? "%.1f ms" : millis >= 0.1 ? "%.2f ms" : "%.3f ms";
        return String.format(Locale.ROOT, pattern, millis);
    }
}
