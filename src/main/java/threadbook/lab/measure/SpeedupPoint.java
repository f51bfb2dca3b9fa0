package threadbook.lab.measure;

import java.util.OptionalDouble;

/// What was measured with one number of workers.
///
/// @param workers  at least 1
/// @param time     wall-clock time of one run in nanoseconds, over the clean rounds, or over all
///                 rounds if there was no clean one
/// @param verdict  the speedup over one worker, or why there is no number
/// @param clean    rounds in which this run and the one on one worker were clean
/// @param rounds   all rounds
public record SpeedupPoint(int workers, Estimate time, Verdict verdict, int clean, int rounds) {

    /// {@return the median speedup, empty if the verdict is no number}
    public OptionalDouble speedup() {
        return switch (verdict) {
            case Verdict.Measured(var speedup) -> OptionalDouble.of(speedup.median());
            case Verdict.TooNoisy _, Verdict.TooSlow _ -> OptionalDouble.empty();
        };
    }

    /// {@return the speedup divided by the workers}: normally between 0 and 1; more is
    /// superlinear, and usually a cache that had not to be shared
    public OptionalDouble efficiency() {
        var speedup = speedup();
        return speedup.isPresent() ? OptionalDouble.of(speedup.getAsDouble() / workers) : speedup;
    }
}
