package threadbook.lab.exercise;

import java.util.List;
import java.util.Set;

/// The exercises of lesson 07, the global lock.
final class Lesson07 {
    private Lesson07() {}

    static List<Exercise> exercises() {
        return List.of(checks(), lost(), deliver());
    }

    /// Under the global lock T1 adds 1 twice with a check between, T2 doubles.
    static PossibleOutcomes checks() {
        return new PossibleOutcomes(
                "07-predict-checks",
                Set.of("4", "5", "6"),
                List.of(
                        "Where may the lock change hands, and where not?",
                        "An addition reads and writes without a check between: nobody comes in there. T2 comes first, last,"
                                + " or in the one place that is left.",
                        "Start with 1. T2 first: doubled, then two more. T2 at the check: one more, doubled, one more."));
    }

    /// Under the global lock both read, check and write one more: a delivery gets lost.
    static ScheduleHunt lost() {
        return new ScheduleHunt(
                "07-hunt-lost",
                "1",
                12,
                Set.of("1", "2"),
                List.of(
                        "Each thread takes the lock, reads, drops the lock, takes it, writes, drops it: six steps.",
                        "Both must have read before one of them writes. When can T2 take the lock at the earliest?",
                        "T1 as far as its first drop, then T2 as far as its first drop, then the rest of both."));
    }

    /// Two deliveries that look, check and act, under the global lock.
    static ProvenRepair deliver() {
        return new ProvenRepair(
                "07-fix-deliver",
                List.of("2"),
                List.of("1", "1"),
                List.of(
                        "The global lock may go to the other thread at the check. What else could keep it out?",
                        "Take a lock of your own before you look and give it back when you have acted. And who waits for it must"
                                + " not keep the global lock.",
                        "Around the three lines: gil.release(() -> lock.lock()); try { … } finally { lock.unlock(); }"));
    }
}
