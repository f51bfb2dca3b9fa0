package threadbook.lab.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Random;

/// The median of repeated measurements, with the interval in which it lies at 95 % confidence.
///
/// The interval is a percentile bootstrap: the measurements are drawn again, with replacement,
/// 5000 times; the middle 96 % of the medians of these draws are the interval. It assumes nothing
/// about how the measurements are distributed. The draws are the same each time, so the same data
/// have the same interval.
///
/// Why 96: the median of 15 draws is one of 15 values, and the cut at 2.5 % falls right between
/// the fourth and the fifth (the fourth has 2.55 %). There the luck of the draws decided between a
/// coverage of 88 % and of 96.5 %; the cut at 2 % always takes the latter. Of 7
/// measurements the interval covers the median in 88 % of the cases only.
///
/// @param median    the middle of the measurements, or the mean of the two in the middle
/// @param interval  95 % confidence interval of the median
/// @see <a href="https://en.wikipedia.org/wiki/Bootstrapping_(statistics)">Bootstrapping</a>
public record Estimate(double median, Interval interval) {

    private static final int DRAWS = 5000;
    private static final long SEED = 1;

    /// {@return the estimate from measurements, of which there must be at least one}
    public static Estimate ofMedian(Collection<Double> measurements) {
        return ofMedian(measurements, SEED);
    }

    static Estimate ofMedian(Collection<Double> measurements, long seed) {
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("A median needs at least one measurement, found none");
        }
        double[] values =
                measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        var random = new Random(seed);
        double[] medians = new double[DRAWS];
        double[] draw = new double[values.length];
        for (int i = 0; i < DRAWS; i++) {
            for (int k = 0; k < draw.length; k++) {
                draw[k] = values[random.nextInt(values.length)];
            }
            Arrays.sort(draw);
            medians[i] = middle(draw);
        }
        Arrays.sort(medians);
        int tail = DRAWS / 50; // 2 % on either side
        return new Estimate(middle(values), new Interval(medians[tail], medians[DRAWS - 1 - tail]));
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// {@return the estimate of a quantity that is larger by a positive factor}
    public Estimate times(double factor) {
        return new Estimate(median * factor, interval.times(factor));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%s)", median, interval);
    }
}
