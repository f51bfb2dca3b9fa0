package threadbook.lab.measure;

import java.util.Locale;

/// What a measurement of speedup can say about one number of workers.
public sealed interface Verdict {

    /// The speedup, from at least five clean rounds.
    ///
    /// @param speedup  time on one worker divided by time on so many, no unit
    record Measured(Estimate speedup) implements Verdict {
        @Override
        public String toString() {
            return speedup.toString();
        }
    }

    /// Too few rounds in which every worker had a core: no number.
    ///
    /// @param others   cores that other programs used meanwhile, on average
    /// @param cores    cores of the machine
    /// @param waiting  threads that waited for a core, on average; 0 if it is not known
    record TooNoisy(double others, int cores, double waiting) implements Verdict {
        @Override
        public String toString() {
            return others >= 0.1 || waiting < 0.1
                    ? String.format(Locale.ROOT, "too noisy: other programs used %.1f of %d cores", others, cores)
                    : String.format(
                            Locale.ROOT,
                            "too noisy: threads waited for a core, though other programs used only %.1f of %d;"
                                    + " try again, or see whether the body starts more threads than it is told to",
                            others,
                            cores);
        }
    }

    /// Too few rounds fitted into the time: no number.
    ///
    /// @param rounds      rounds that were made
    /// @param roundNanos  what a round of all numbers of workers takes
    /// @param budgetNanos the time that there was
    record TooSlow(int rounds, double roundNanos, double budgetNanos) implements Verdict {
        @Override
        public String toString() {
            return "too slow: a round of all numbers of workers takes %s, so %d fitted into %s; give it less work"
                    .formatted(TimeText.of(roundNanos), rounds, TimeText.of(budgetNanos));
        }
    }
}
