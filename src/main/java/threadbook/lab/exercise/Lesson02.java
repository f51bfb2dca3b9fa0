package threadbook.lab.exercise;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import threadbook.lab.trace.Lane;
import threadbook.lab.trace.Slices;
import threadbook.lab.trace.Timeline;

/// The exercises of lesson 02, sharing a processor.
final class Lesson02 {
    private static final double[] CLASSES = {1, 10, 100}; // ms, where one answer ends and the next begins

    private Lesson02() {}

    static List<Exercise> exercises() {
        return List.of(finish(), cores(), lengths(), last());
    }

    /// Equal pieces of work begin together on one core.
    static PredictedReading<Timeline> finish() {
        return new PredictedReading<>(
                "02-predict-finish",
                Timeline.class,
                "the timeline of the four burners",
                List.of("together", "one by one"),
                Lesson02::finished,
                List.of(
                        "Who decides for how long a burner may keep the core?",
                        "Does the scheduler know how much work a burner has left?",
                        "If each gets the core for a few milliseconds in turn, all of them have done half of their work at"
                                + " the same time."));
    }

    private static PredictedReading.Seen finished(Timeline timeline) {
        var workers = timeline.lanes().stream()
                .filter(lane -> lane.kind() == Lane.Kind.PLATFORM && lane.name().startsWith("worker "))
                .toList();
        if (workers.size() < 2) {
            throw new CheckFailed(
                    "Expected the timeline of several burners, found %d of them.".formatted(workers.size()));
        }
        long begin = workers.stream().mapToLong(Lane::begin).min().orElseThrow();
        long first = workers.stream().mapToLong(Lane::end).min().orElseThrow() - begin;
        long last = workers.stream().mapToLong(Lane::end).max().orElseThrow() - begin;
        String why = String.format(
                Locale.ROOT, "the first one ended after %.0f ms, the last one after %.0f ms", first / 1e6, last / 1e6);
        double share = (double) first / last;
        double alone = 1.0 / workers.size();
        if (share < 0.6 && share > alone + 0.15) {
            throw new CheckFailed(
                    "This run says neither: %s. Other programs were in the way; run it again.".formatted(why));
        }
        return new PredictedReading.Seen(share >= 0.6 ? "together" : "one by one", why);
    }

    /// How many threads are on cores at the same moment?
    static ChartReading<Slices> cores() {
        return new ChartReading<>(
                "02-read-cores",
                Slices.class,
                "the slices",
                List.of(
                        "never more than one",
                        "as many as there are cores",
                        "all of them",
                        "more than there are cores"),
                Lesson02::atOnce,
                List.of(
                        "Put a ruler upright on the timeline and move it from left to right. What does it cross?",
                        "Count only the green parts; in the others the thread waits for a core.",
                        "The most green parts that lie above each other are the answer. Compare them with the number of"
                                + " cores and with the number of lanes."));
    }

    private static ChartReading.Reading atOnce(Slices slices) {
        int cores = Runtime.getRuntime().availableProcessors();
        int most = slices.atOnce();
        var right = new HashSet<Integer>();
        if (most <= 1) {
            right.add(0);
        }
        if (most == cores) {
            right.add(1);
        }
        if (most == slices.threads().size()) {
            right.add(2);
        }
        if (most > cores) {
            right.add(3);
        }
        if (right.isEmpty()) {
            throw new CheckFailed(
                    "At most %d of %d cores were in use at once: other programs were in the way. Run it again."
                            .formatted(most, cores));
        }
        return new ChartReading.Reading(
                right,
                "%d of %d threads at once, on %d cores"
                        .formatted(most, slices.threads().size(), cores));
    }

    /// How long are most slices?
    static ChartReading<Slices> lengths() {
        return new ChartReading<>(
                "02-read-slices",
                Slices.class,
                "the slices",
                List.of("under 1 ms", "1 to 10 ms", "10 to 100 ms", "over 100 ms"),
                Lesson02::commonest,
                List.of(
                        "What is counted upwards in a histogram, and what goes to the right?",
                        "Each bar says how many slices were so long. Several bars can belong to one answer.",
                        "Add up the bars from 1 to 3 and from 3 to 10 for the second answer, and so on; the largest sum is"
                                + " the answer."));
    }

    private static ChartReading.Reading commonest(Slices slices) {
        if (slices.millis().isEmpty()) {
            throw new CheckFailed("No thread was ever taken off its core: take more threads than cores.");
        }
        int[] counts = new int[CLASSES.length + 1];
        for (double millis : slices.millis()) {
            int at = 0;
            while (at < CLASSES.length && millis > CLASSES[at]) {
                at++;
            }
            counts[at]++;
        }
        int most = java.util.Arrays.stream(counts).max().orElseThrow();
        var right = new HashSet<Integer>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == most) {
                right.add(i);
            }
        }
        return new ChartReading.Reading(
                right, "%d of %d slices".formatted(most, slices.millis().size()));
    }

    /// When does the last virtual thread begin that has to wait for a carrier?
    static ChartReading<Timeline> last() {
        return new ChartReading<>(
                "02-read-virtual",
                Timeline.class,
                "the timeline of the virtual threads",
                List.of("when the others did", "when one of the others had ended", "when all the others had ended"),
                Lesson02::begun,
                List.of(
                        "Where does the lane of the last virtual thread begin?",
                        "Put a ruler upright there. Which other lanes end to the left of it?",
                        "A lane that ends where the last one begins has made room for it: its carrier took the next one."));
    }

    private static ChartReading.Reading begun(Timeline timeline) {
        var lanes = timeline.lanes().stream()
                .filter(lane -> lane.kind() == Lane.Kind.VIRTUAL)
                .toList();
        if (lanes.size() < 2) {
            throw new CheckFailed("Expected several virtual threads, found %d of them.".formatted(lanes.size()));
        }
        Lane last = lanes.stream().max(Comparator.comparingLong(Lane::begin)).orElseThrow();
        long ended = lanes.stream().filter(lane -> lane.end() <= last.begin()).count();
        var right = new HashSet<Integer>();
        if (ended == 0) {
            right.add(0);
        } else {
            right.add(1);
        }
        if (ended == lanes.size() - 1) {
            right.add(2);
        }
        return new ChartReading.Reading(
                right, "%d of the %d others had ended when %s began".formatted(ended, lanes.size() - 1, last.name()));
    }
}
