package threadbook.lab.explore.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A clock that is the same in every run: it moves on by a millisecond with each step and each look at it.
final class Time {
    private static final Object CLOCK = new Object();
    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

    private long looks;

    private Time() {}

    static @Nullable Object callSystem(Call call) throws Throwable {
        return switch (call.name()) {
            case "nanoTime" -> 1_000_000 * millis(call);
            case "currentTimeMillis" -> BEGIN.toEpochMilli() + millis(call);
            case "arraycopy" -> Arrays.copy(call);
            case "identityHashCode", "lineSeparator", "getProperty", "getenv" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    static @Nullable Object callInstant(Call call) throws Throwable {
        return call.name().equals("now") && call.count() == 0 ? BEGIN.plusMillis(millis(call)) : call.proceed();
    }

    private static long millis(Call call) {
        call.execution().progress();
        Time time = call.execution().model(CLOCK, Time.class, _ -> new Time());
        return call.execution().stepsDone() + ++time.looks;
    }
}
