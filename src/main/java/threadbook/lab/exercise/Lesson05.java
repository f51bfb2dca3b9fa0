package threadbook.lab.exercise;

import java.util.List;
import java.util.Set;

/// The exercises of lesson 05, deadlock.
final class Lesson05 {
    private Lesson05() {}

    static List<Exercise> exercises() {
        return List.of(hunt(), direction(), philosophers());
    }

    /// A takes and returns a, then takes b and a; B takes a and b.
    static ScheduleHunt hunt() {
        return new ScheduleHunt(
                "05-hunt-deadlock",
                "deadlock",
                4,
                Set.of("done", "deadlock"),
                List.of(
                        "What must each of the two threads hold, and what must it wait for?",
                        "A must hold b and wait for a. So it must have finished its first visit to a before B takes a.",
                        "A locks a and unlocks it, and locks b. Now B locks a."));
    }

    /// Three clerks, three drawers; A takes a then b, B takes b then c, C takes a then c, and they give them
    /// back in all sorts of orders.
    static PossibleOutcomes direction() {
        return new PossibleOutcomes(
                "05-predict-direction",
                Set.of("done"),
                List.of(
                        "Draw an arrow from each lock to the one that is taken while it is held.",
                        "Can you walk along the arrows and come back to where you started?",
                        "The arrows are a to b, b to c and a to c: all of them go forward in the alphabet."));
    }

    /// Three philosophers, who count the uses of both their forks while they eat.
    static ProvenRepair philosophers() {
        return new ProvenRepair(
                "05-fix-philosophers",
                List.of("[2, 2, 2]"),
                List.of("[1, 1, 0]", "[0, 1, 1]", "[1, 0, 1]"),
                List.of(
                        "Which ring do the forks make, and which philosopher closes it?",
                        "Two of the three take the fork with the smaller number first. What does the third one do?",
                        "In eat, lock forks[Math.min(left, right)] first and forks[Math.max(left, right)] then."));
    }
}
