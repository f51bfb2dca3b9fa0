package threadbook.lab.exercise;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import threadbook.lab.exercise.Exercise.Claim;

/// Lesson 01: how many times as long as the smallest program does a JVM take to start and end? Computed from the
/// student's own measurement.
record StartupClaim(String id, List<String> hints) implements Claim {
    private static final double NEAR = 0.25;

    StartupClaim {
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", starts, /* how many times */)".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 2
                || !(values.getFirst() instanceof Map<?, ?> starts)
                || !(values.getLast() instanceof Number claim)
                || !(starts.get("java") instanceof Number java)
                || !(starts.get("true") instanceof Number smallest)) {
            throw new CheckFailed("Hand in your measurement and a number: " + usage());
        }
        double times = java.doubleValue() / smallest.doubleValue();
        if (Math.abs(claim.doubleValue() - times) > NEAR * times + 0.5) {
            throw new CheckFailed(
                    "%s times is not what was measured: compare the bars of java and true.".formatted(claim));
        }
        return new Passed(id, String.format(Locale.ROOT, "%.1f times.", times));
    }
}
