package threadbook.lab.explore;

import java.util.Map;

/// What is known of a claim about all schedules of a program.
///
/// For sequentially consistent executions, and with at most one spurious wake-up of a waiting thread.
public sealed interface Verdict {

    /// {@return what was claimed}
    String claim();

    /// {@return how many schedules were run}
    long schedules();

    /// {@return whether the claim holds in all schedules}
    default boolean proved() {
        return this instanceof Proved;
    }

    /// It holds in every schedule, and no data race lets the machine do what no schedule does.
    record Proved(String claim, long schedules) implements Verdict {}

    /// It does not hold.
    ///
    /// @param counterexample  a schedule in which it does not, the shortest that was found
    record Refuted(String claim, Replay counterexample, long schedules) implements Verdict {}

    /// It holds in every schedule, but the program has a data race: the machine may do more.
    ///
    /// @param example  a schedule with the race
    /// @param race     the race
    record Racy(String claim, Replay example, RaceReport race, long schedules) implements Verdict {}

    /// The time was over; so far it held.
    record NotExhaustive(String claim, long schedules) implements Verdict {}

    /// {@return the verdict in a sentence}
    default String text() {
        String many = schedules() == 1 ? "1 schedule stands" : schedules() + " schedules stand";
        return switch (this) {
            case Proved _ -> "Proved: in every schedule %s. (%s for all.)".formatted(claim(), many);
            case Refuted refuted when refuted.counterexample.endless() -> "Refuted: it may never end.";
            case Refuted refuted ->
                "Refuted: it can end with %s, in %d steps."
                        .formatted(
                                refuted.counterexample.ending(),
                                refuted.counterexample.steps().size());
            case Racy _ ->
                "Not proved: in every schedule %s, but the program has a data race, so that a machine may do more."
                        .formatted(claim());
            case NotExhaustive _ ->
                "Not exhaustive: %d schedules, and no counter-example. More time: budget(ms).".formatted(schedules());
        };
    }

    /// {@return the verdict as html and as text}
    default Map<String, String> mimeBundle() {
        return VerdictView.of(this);
    }
}
