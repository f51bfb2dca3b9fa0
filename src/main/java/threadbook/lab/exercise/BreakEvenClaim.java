package threadbook.lab.exercise;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import threadbook.lab.exercise.Exercise.Claim;

/// Lesson 09: from which size of the work on does a pool pay? Computed from the student's own measurement: it pays from
/// a size on if the gain is above 1 for that size and all larger ones.
record BreakEvenClaim(String id, List<String> hints) implements Claim {
    BreakEvenClaim {
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", gains, /* ms of work, or 0 if it never pays */)".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 2
                || !(values.getFirst() instanceof Map<?, ?> measured)
                || !(values.getLast() instanceof Number claim)
                || measured.isEmpty()) {
            throw new CheckFailed("Hand in your measurement and a number: " + usage());
        }
        TreeMap<Double, Double> gains = numbers(measured);
        double loses = 0; // the largest size that does not pay
        for (var each : gains.entrySet()) {
            if (each.getValue() <= 1) {
                loses = each.getKey();
            }
        }
        Double pays = gains.higherKey(loses);
        double claimed = claim.doubleValue();
        if (pays == null) {
            if (claimed != 0) {
                throw new CheckFailed("Even the largest work that was measured did not gain: look at the last point.");
            }
            return new Passed(id, "it does not pay, as far as you have measured.");
        }
        if (claimed < loses) {
            throw new CheckFailed(
                    "Not yet: with larger work than %s ms the pool was still no faster.".formatted(claim));
        }
        if (claimed > pays) {
            throw new CheckFailed("With less work than %s ms it has paid already.".formatted(claim));
        }
        return new Passed(id, String.format(Locale.ROOT, "it pays somewhere between %.3g and %.3g ms.", loses, pays));
    }

    private TreeMap<Double, Double> numbers(Map<?, ?> measured) {
        var gains = new TreeMap<Double, Double>();
        measured.forEach((size, gain) -> {
            if (!(size instanceof Number work) || !(gain instanceof Number times)) {
                throw new CheckFailed("Expected a map from ms of work to the gain, found %s: %s".formatted(size, gain));
            }
            gains.put(work.doubleValue(), times.doubleValue());
        });
        return gains;
    }
}
