package threadbook.lab.explore.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;
import threadbook.lab.explore.engine.ProgramThread;

/// [ReentrantReadWriteLock]: any number of readers, or one writer who may also read. Whoever waits may be
/// next, readers and writers alike.
final class ReadWriteLocks {
    private final Location location;
    private final Map<ProgramThread, Integer> readers = new HashMap<>();
    private @Nullable ProgramThread writer;
    private int holds;

    /// One of the two locks.
    private record Side(ReadWriteLocks both, boolean write) {}

    private ReadWriteLocks(Location location) {
        this.location = location;
    }

    static @Nullable Object call(Call call) throws Throwable {
        ReentrantReadWriteLock real = (ReentrantReadWriteLock) Objects.requireNonNull(call.receiver());
        return switch (call.name()) {
            case "readLock", "writeLock" -> {
                ReadWriteLocks both = call.execution()
                        .model(
                                real,
                                ReadWriteLocks.class,
                                _ -> new ReadWriteLocks(
                                        call.execution().locations().object(real, call.site())));
                Lock side = (Lock) Objects.requireNonNull(call.proceed());
                call.execution()
                        .model(side, Side.class, _ -> new Side(both, call.name().equals("writeLock")));
                yield side;
            }
            case "toString", "hashCode", "equals", "isFair" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    static @Nullable Object callSide(Call call) throws Throwable {
        Object real = Objects.requireNonNull(call.receiver());
        Side side = call.execution().model(real, Side.class, _ -> {
            throw call.execution()
                    .refuse(
                            "the side of a ReentrantReadWriteLock at %s was asked for earlier".formatted(call.place()),
                            "Call readLock() or writeLock() in the set-up or where you lock.");
        });
        return side.both.perform(call, side.write);
    }

    private @Nullable Object perform(Call call, boolean write) throws Throwable {
        ProgramThread me = call.me();
        return switch (call.name()) {
            case "lock" -> call.perform(take(call, me, write));
            case "lockInterruptibly" -> call.perform(take(call, me, write).interruptible());
            case "tryLock" -> {
                Act attempt = Act.on(call, location).acquiring().does(() -> {
                    boolean free = free(me, write);
                    if (free) {
                        taken(me, write);
                    }
                    return free;
                });
                yield call.perform(call.count() > 0 ? attempt.interruptible() : attempt);
            }
            case "unlock" ->
                call.perform(Act.on(call, location).releasing().does(() -> {
                    give(me, write);
                    return null;
                }));
            case "isHeldByCurrentThread" -> writer == me;
            case "toString", "hashCode", "equals" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private Act take(Call call, ProgramThread me, boolean write) {
        return Act.on(call, location)
                .when(() -> free(me, write))
                .acquiring()
                .heldBy(() -> writer != null ? List.of(writer) : List.copyOf(readers.keySet()))
                .does(() -> {
                    taken(me, write);
                    return null;
                });
    }

    private boolean free(ProgramThread me, boolean write) {
        return writer == me || writer == null && (!write || readers.isEmpty());
    }

    private void taken(ProgramThread me, boolean write) {
        if (write) {
            writer = me;
            holds++;
        } else {
            readers.merge(me, 1, Integer::sum);
        }
    }

    private void give(ProgramThread me, boolean write) {
        if (write ? writer != me : !readers.containsKey(me)) {
            throw new IllegalMonitorStateException(me + " does not hold it");
        }
        if (!write) {
            readers.computeIfPresent(me, (_, count) -> count == 1 ? null : count - 1);
        } else if (--holds == 0) {
            writer = null;
        }
    }
}
