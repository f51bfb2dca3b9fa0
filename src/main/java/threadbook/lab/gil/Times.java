package threadbook.lab.gil;

import java.util.Map;
import java.util.TreeMap;

/// The shortest of the times that runs with different numbers of workers took, in seconds.
///
/// The shortest: whatever disturbs a run makes it longer, never shorter. One thread adds to it.
final class Times {
    private final Map<Integer, Double> best = new TreeMap<>();

    void add(int workers, double seconds) {
        best.merge(workers, seconds, Math::min);
    }

    /// {@return how many times as much work the workers did in the same time as one}
    double speedup(Workload workload, int workers) {
        double ratio = time(1) / time(workers);
        return workload.split() ? ratio : ratio * workers;
    }

    private double time(int workers) {
        Double time = best.get(workers);
        if (time == null) {
            throw new IllegalStateException("No run with %d workers was measured, only %s".formatted(workers, best));
        }
        return time;
    }
}
