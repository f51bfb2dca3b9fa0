package threadbook.lab.exercise;

import java.util.List;
import java.util.Set;

/// The exercises of lesson 03, threads and races.
final class Lesson03 {
    private Lesson03() {}

    static List<Exercise> exercises() {
        return List.of(finish(), four(), two(), counter(), new SpeedupClaim());
    }

    /// `x` is 1; T1 does `x = x + 5`, T2 does `x = x * 3`.
    static PossibleOutcomes finish() {
        return new PossibleOutcomes(
                "03-predict-finish",
                Set.of("3", "6", "8", "18"),
                List.of(
                        "How many steps does x = x + 5 have for the machine, and what can happen between them?",
                        "Write each thread as two steps, read x and write x. One thread after the other gives two"
                                + " results. Now let both read before either writes: which write comes last?",
                        "Both read 1. If T1 writes last, x is 1 + 5; if T2 writes last, x is 1 * 3. Add to these the"
                                + " two results of one thread after the other."));
    }

    /// The lesson's own race: `x` is 2, `x = x + 1` and `x = x * 2`.
    static ScheduleHunt four() {
        return new ScheduleHunt(
                "03-hunt-four",
                "4",
                4,
                Set.of("3", "4", "5", "6"),
                List.of(
                        "Whose write must be the last one, so that 4 stays?",
                        "T2 must write 4, which is 2 * 2: what must it have read, and when?",
                        "Both read first. Then T1 writes its 3, and T2 writes its 4 over it."));
    }

    /// Two threads with three `counter++` each, which can end at 2.
    static ScheduleHunt two() {
        return new ScheduleHunt(
                "03-hunt-two",
                "2",
                12,
                Set.of("2", "3", "4", "5", "6"),
                List.of(
                        "The last write is a 2. What has its thread read before, and who had written that?",
                        "A wrote that 1, although B had been adding all the time: so A had read its 0 before, and"
                                + " kept it for a long while.",
                        "A reads 0. B does two whole additions. A writes 1. B begins its third addition and reads 1."
                                + " A does its other two additions. B writes 2."));
    }

    /// Three box offices that sell one ticket each.
    static ProvenRepair counter() {
        return new ProvenRepair(
                "03-fix-counter",
                List.of("3"),
                List.of("1", "1", "1"),
                List.of(
                        "Which steps of sold++ must nobody come between?",
                        "Look at what stands between reading the counter and writing it: all of it must be done by one"
                                + " thread at a time, and every thread must use the same lock.",
                        "Make the lock once, outside: var counter = new ReentrantLock(); then in sell() write"
                                + " counter.lock(); try { sold++; } finally { counter.unlock(); } Or make the counter an"
                                + " AtomicInteger and call one of its methods."));
    }
}
