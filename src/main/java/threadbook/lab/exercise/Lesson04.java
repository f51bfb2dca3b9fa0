package threadbook.lab.exercise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The exercises of lesson 04, locks and invariants.
final class Lesson04 {
    private Lesson04() {}

    static List<Exercise> exercises() {
        return List.of(lateLock(), transfer(), leak(), till());
    }

    /// Ten and twenty are added to a counter; only the writes are behind the lock.
    static PossibleOutcomes lateLock() {
        return new PossibleOutcomes(
                "04-predict-late-lock",
                Set.of("10", "20", "30"),
                List.of(
                        "Which two steps must nobody come between, and are both of them behind the lock?",
                        "Let both threads read before either of them takes the lock. What does each write?",
                        "The lock keeps the two writes apart, but what is written was read before. So it can end as if"
                                + " there were no lock at all."));
    }

    /// Two transfers of 60 out of 100, and an audit that adds up both accounts.
    static ProvenRepair transfer() {
        return new ProvenRepair(
                "04-fix-transfer",
                List.of("40 60 100"),
                List.of("40 60 100", "40 60 100", "100 0 100"),
                List.of(
                        "Which invariant do the two variables have together, and who relies on it?",
                        "The question whether there is enough, both changes, and the audit's two reads: nobody may come"
                                + " between any of these.",
                        "One lock for both variables. In transfer: lock, then ask, then change both, and unlock in"
                                + " finally. In audit: the same lock round the line that adds."));
    }

    /// A withdrawal that is refused by an exception while it holds the lock.
    static ProvenRepair leak() {
        return new ProvenRepair(
                "04-fix-leak",
                List.of("50"),
                List.of("100", "50"),
                List.of(
                        "Which ways lead out of withdraw, and does each of them pass unlock?",
                        "The exception jumps over everything between throw and catch. Only one kind of block runs even"
                                + " then.",
                        "lock.lock(); then try { the three lines } finally { lock.unlock(); }"));
    }

    /// A till that adds, takes if there is enough, and tells its total.
    static RevealingTest till() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("no lock", "two threads that add at the same time lose an addition.");
        wrong.put("two locks", "adding and taking have a lock each: let one thread add while another takes.");
        wrong.put("boxed lock", "the lock is a number that changes: it takes three threads that add, or a race.");
        wrong.put("asks outside", "it asks before it locks: let two threads take the last money.");
        wrong.put("leaks", "it keeps the lock when it refuses: let somebody take too much, and somebody after that.");
        return new RevealingTest(
                "04-test-till",
                "right",
                wrong,
                List.of(
                        "Which pairs of operations can be in the till at the same time?",
                        "Your test needs two threads that add, two that take, and too little money for both: most"
                                + " faults show in one of these pairs. Choose the amounts so that every order ends with"
                                + " the same total.",
                        "Begin with 10 in the till. One thread adds 1; two threads take 8 each, so that only one of"
                                + " them can succeed; verify that 3 is left."));
    }
}
