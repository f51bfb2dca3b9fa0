package threadbook.lab.exercise;

import java.util.List;
import threadbook.lab.exercise.Exercise.Claim;
import threadbook.lab.measure.Estimate;
import threadbook.lab.measure.Speedup;
import threadbook.lab.measure.SpeedupPoint;
import threadbook.lab.measure.Verdict;

/// Lesson 03: from which number of workers on does the student's own curve climb no more?
///
/// The answer is computed from the curve handed in: the smallest number of workers that no other
/// number clearly beats, that is, by 5 % and with an interval that lies above the other one.
final class SpeedupClaim implements Claim {

    private static final double CLEARLY = 1.05;

    @Override
    public String id() {
        return "03-speedup-claim";
    }

    @Override
    public String usage() {
        return "check(\"03-speedup-claim\", /* a measured speedup */, /* a number of workers */)";
    }

    @Override
    public List<String> hints() {
        return List.of(
                "When is a point of the curve really higher than another one, and when does it only look so?",
                "Look at the error bars. Where the bars of two points overlap, the measurement does not tell which is"
                        + " higher; then the smaller number of workers does as well.",
                "Find the highest point. Then look at the smallest number of workers: is its bar wholly below another"
                        + " one? If so go on to the next number; if not, you have found the answer.");
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 2
                || !(values.get(0) instanceof Speedup speedup)
                || !(values.get(1) instanceof Integer claim)) {
            throw new CheckFailed("Hand in the measurement and your number: " + usage());
        }
        var points = speedup.curves().getFirst().points();
        points.forEach(SpeedupClaim::requireMeasured);
        var claimed = points.stream()
                .filter(point -> point.workers() == claim)
                .findFirst()
                .orElseThrow(() -> new CheckFailed("%d workers are not in your measurement; choose one of %s."
                        .formatted(
                                claim,
                                points.stream().map(SpeedupPoint::workers).toList())));
        for (var other : points) {
            if (clearlyBeats(other, claimed)) {
                throw new CheckFailed("%s is clearly more than %s.".formatted(text(other), text(claimed)));
            }
        }
        for (var fewer : points) {
            if (fewer.workers() < claim && points.stream().noneMatch(other -> clearlyBeats(other, fewer))) {
                throw new CheckFailed("%s is not clearly less than %s: fewer workers do as well."
                        .formatted(text(fewer), text(claimed)));
            }
        }
        return new Passed(id(), "%s, and nothing is clearly more.".formatted(text(claimed)));
    }

    private static boolean clearlyBeats(SpeedupPoint one, SpeedupPoint other) {
        var better = speedup(one);
        var worse = speedup(other);
        return better.median() >= CLEARLY * worse.median()
                && better.interval().low() > worse.interval().high();
    }

    private static void requireMeasured(SpeedupPoint point) {
        switch (point.verdict()) {
            case Verdict.Measured _ -> {}
            case Verdict.TooNoisy _, Verdict.TooSlow _ ->
                throw new CheckFailed("Nothing can be claimed from this measurement; with %s it was %s."
                        .formatted(workers(point), point.verdict()));
        }
    }

    private static Estimate speedup(SpeedupPoint point) {
        return switch (point.verdict()) {
            case Verdict.Measured(var speedup) -> speedup;
            case Verdict.TooNoisy _, Verdict.TooSlow _ -> throw new AssertionError("checked by requireMeasured");
        };
    }

    private static String text(SpeedupPoint point) {
        return "%s with %s".formatted(point.verdict(), workers(point));
    }

    private static String workers(SpeedupPoint point) {
        return point.workers() == 1 ? "1 worker" : point.workers() + " workers";
    }
}
