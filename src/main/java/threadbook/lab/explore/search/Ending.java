package threadbook.lab.explore.search;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;

/// What came out of a schedule; equal for schedules that are not told apart.
///
/// @param kind   how it ended
/// @param value  the outcome, for [Kind#VALUE]
/// @param text   what to show
public record Ending(Kind kind, @Nullable Object value, String text) {

    /// What is shown where a thread, or nobody knows which, goes on for ever.
    public static final String ENDLESS = "endless";

    /// What is shown where several threads repeat their steps for ever.
    public static final String LIVELOCK = "livelock";

    /// How schedules end.
    public enum Kind {
        /// All threads ended and the outcome was read.
        VALUE,
        /// A thread ended by an exception.
        THREW,
        /// No thread could go on.
        DEADLOCK,
        /// Too many steps, or a loop with too many turns.
        ENDLESS
    }

    /// {@return what came out of a schedule that was not cut}
    public static Ending of(Schedule schedule) {
        return switch (schedule.end()) {
            case DEADLOCK -> new Ending(Kind.DEADLOCK, null, "deadlock");
            case ENDLESS -> new Ending(Kind.ENDLESS, null, several(schedule) ? LIVELOCK : ENDLESS);
            case COMPLETE, CUT -> {
                String thrown = thrown(schedule);
                yield thrown.isEmpty()
                        ? new Ending(Kind.VALUE, schedule.outcome(), String.valueOf(schedule.outcome()))
                        : new Ending(Kind.THREW, null, thrown);
            }
        };
    }

    private static boolean several(Schedule schedule) {
        return Cycle.of(schedule)
                .filter(cycle -> cycle.threads(schedule).size() > 1)
                .isPresent();
    }

    private static String thrown(Schedule schedule) {
        return schedule.threads().stream()
                .filter(thread -> thread.thrown() != null)
                .map(Ending::thrown)
                .collect(Collectors.joining("; "));
    }

    private static String thrown(ProgramThread thread) {
        Throwable thrown = thread.thrown();
        String message = thrown == null || thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return "%s threw %s%s"
                .formatted(
                        thread.name(), thrown == null ? "" : thrown.getClass().getSimpleName(), message);
    }
}
