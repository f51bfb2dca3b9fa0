package threadbook.lab.trace;

import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;

/// Bars that count times by their length; short and long ones in one picture.
final class Histogram {
    private static final double[] LIMITS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000}; // ms

    private Histogram() {}

    /// {@return lengths of time counted in classes that each end at about three times the one before}
    ///
    /// @param millis  milliseconds
    static Chart of(List<Double> millis, String counted, String title) {
        int[] counts = new int[LIMITS.length + 1];
        for (double each : millis) {
            int at = Arrays.binarySearch(LIMITS, each);
            counts[at < 0 ? -at - 1 : at]++;
        }
        int first = 0;
        int last = counts.length - 1;
        while (first < last && counts[first] == 0) {
            first++;
        }
        while (last > first && counts[last] == 0) {
            last--;
        }
        var names = StringColumn.create("ms");
        var numbers = DoubleColumn.create(counted);
        for (int i = first; i <= last; i++) {
            names.append(name(i));
            numbers.append(counts[i]);
        }
        return Charts.bars(Table.create(names, numbers), title);
    }

    private static String name(int index) {
        if (index == LIMITS.length) {
            return "over " + number(LIMITS[index - 1]);
        }
        return (index == 0 ? "0" : number(LIMITS[index - 1])) + " – " + number(LIMITS[index]);
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }
}
