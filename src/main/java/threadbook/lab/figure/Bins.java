package threadbook.lab.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Turns a histogram into bars: counted here, it looks the same in the picture and in the live chart.
///
/// The bins have a round width, 1, 2 or 5 times a power of ten, and there are about as many as the square
/// root of the number of values, or as many as were asked for.
final class Bins {
    private Bins() {}

    /// Changes the trace in place if it is an upright histogram that counts numbers; another one stays.
    static void count(Map<String, Object> trace, Map<String, Object> layout) {
        boolean counts = !trace.containsKey("histfunc") || "count".equals(trace.get("histfunc"));
        boolean plain = !trace.containsKey("histnorm") || "".equals(trace.get("histnorm"));
        if (!"histogram".equals(trace.get("type"))
                || trace.containsKey("y")
                || !counts
                || !plain
                || !(trace.get("x") instanceof List<?> values)
                || !values.stream().allMatch(value -> value == null || value instanceof Number)) {
            return;
        }
        double[] numbers = values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        if (numbers.length == 0) {
            return;
        }
        double asked = trace.get("nbinsx") instanceof Number bins ? bins.doubleValue() : Math.sqrt(numbers.length);
        double width = roundWidth((numbers[numbers.length - 1] - numbers[0]) / Math.max(1, asked));
        fill(trace, numbers, width);
        trace.keySet().removeAll(List.of("nbinsx", "nbinsy", "autobinx", "autobiny", "histfunc", "histnorm"));
        layout.put("bargap", 0);
    }

    private static void fill(Map<String, Object> trace, double[] sorted, double width) {
        long first = (long) Math.floor(sorted[0] / width);
        long last = (long) Math.floor(sorted[sorted.length - 1] / width);
        var middles = new ArrayList<Double>();
        var counts = new ArrayList<Long>();
        for (long bin = first; bin <= last; bin++) {
            middles.add((bin + 0.5) * width);
            counts.add(0L);
        }
        for (double number : sorted) {
            int bin = (int) ((long) Math.floor(number / width) - first);
            counts.set(bin, counts.get(bin) + 1);
        }
        trace.put("type", "bar");
        trace.put("x", middles);
        trace.put("y", counts);
    }

    private static double roundWidth(double width) {
        if (width <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(width)));
        double digits = width / power;
        return power * (digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10);
    }
}
