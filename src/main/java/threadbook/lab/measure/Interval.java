package threadbook.lab.measure;

import java.util.Locale;

/// From where to where a measured quantity may lie; both ends belong to it.
///
/// @param low   lower end
/// @param high  upper end, at least `low`
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "An interval goes from low to high, found %s to %s".formatted(low, high));
        }
    }

    /// {@return whether some value lies in both}; then the two measurements do not tell which is
    /// larger
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }

    /// {@return the interval with both ends multiplied by a positive factor}
    public Interval times(double factor) {
        return new Interval(low * factor, high * factor);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f–%.2f", low, high);
    }
}
