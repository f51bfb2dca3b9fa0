package threadbook.lab.explore.model;

import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;
import threadbook.lab.explore.engine.ProgramThread;

/// `LockSupport`: a permit for each thread. Interrupts end the wait and stay set.
final class Parking {
    private final Location location;
    private boolean permit;

    private Parking(Location location) {
        this.location = location;
    }

    private static Parking of(Call call, ProgramThread thread) {
        return call.execution()
                .model(
                        thread,
                        Parking.class,
                        _ -> new Parking(call.execution().locations().parkingOf(thread)));
    }

    static @Nullable Object callStatic(Call call) throws Throwable {
        Execution execution = call.execution();
        return switch (call.name()) {
            case "park" -> park(call, false);
            case "parkNanos", "parkUntil" -> park(call, true);
            case "unpark" -> {
                ProgramThread target = call.value(0) instanceof Thread thread ? Threads.of(execution, thread) : null;
                if (target == null) {
                    yield null;
                }
                Parking parking = of(call, target);
                yield call.perform(Act.on(call, parking.location).releasing().does(() -> {
                    parking.permit = true;
                    return null;
                }));
            }
            default -> throw call.notModelled();
        };
    }

    private static @Nullable Object park(Call call, boolean timed) throws Throwable {
        Execution execution = call.execution();
        ProgramThread me = call.me();
        Parking parking = of(call, me);
        Act act = Act.on(call, parking.location)
                .acquiring()
                .also(java.util.List.of(execution.locations().interruptOf(me)))
                .does(() -> {
                    parking.permit = false;
                    return null;
                });
        return call.perform(timed ? act : act.when(() -> parking.permit || me.isInterrupted()));
    }
}
