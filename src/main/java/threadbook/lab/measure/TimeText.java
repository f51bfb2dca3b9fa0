package threadbook.lab.measure;

import java.util.Locale;

/// Writes a time with three digits and the unit that suits it.
final class TimeText {
    private TimeText() {}

    /// {@return the text, such as "1.23 s", "45.6 ms", "789 µs" or "12 ns"}
    static String of(double nanos) {
        double size = Math.abs(nanos);
        if (size >= 999.5e6) {
            return digits(nanos / 1e9) + " s";
        }
        if (size >= 999.5e3) {
            return digits(nanos / 1e6) + " ms";
        }
        if (size >= 999.5) {
            return digits(nanos / 1e3) + " µs";
        }
        return String.format(Locale.ROOT, "%.0f ns", nanos);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        String pattern = size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
