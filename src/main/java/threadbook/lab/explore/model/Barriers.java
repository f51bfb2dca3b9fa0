package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// [CyclicBarrier]: to arrive is a step, to be let through is another one, except for the last. Its action must
/// have been given in the constructor before; what it does are steps of the last thread.
final class Barriers {
    /// The same trip of all that wait together.
    private static final class Trip {
        boolean over;
        boolean broken;
    }

    private final Location location;
    private final int parties;
    private final @Nullable Runnable action;
    private int arrived;
    private Trip trip = new Trip();

    private Barriers(Location location, int parties, @Nullable Runnable action) {
        this.location = location;
        this.parties = parties;
        this.action = action;
    }

    /// `new CyclicBarrier(…)` inside of the explored program: only then is the action known.
    static @Nullable Object create(Call call) throws Throwable {
        Object made = Objects.requireNonNull(call.proceed());
        Runnable action = call.count() > 1 ? (Runnable) call.argument(1) : null;
        of(call, (CyclicBarrier) made, action);
        return made;
    }

    private static Barriers of(Call call, CyclicBarrier real, @Nullable Runnable action) {
        return call.execution()
                .model(
                        real,
                        Barriers.class,
                        _ -> new Barriers(
                                call.execution().locations().object(real, call.site()), real.getParties(), action));
    }

    static @Nullable Object call(Call call) throws Throwable {
        CyclicBarrier real = (CyclicBarrier) Objects.requireNonNull(call.receiver());
        if (call.execution().locations().lasts(real)) {
            throw call.execution()
                    .refuse(
                            "the CyclicBarrier at %s was made earlier, its action is not known".formatted(call.place()),
                            "Make it in the set-up.");
        }
        return of(call, real, null).perform(call);
    }

    private @Nullable Object perform(Call call) throws Throwable {
        return switch (call.name()) {
            case "await" -> await(call);
            case "getParties" -> parties;
            case "getNumberWaiting" ->
                call.perform(Act.on(call, location).reading().does(() -> arrived));
            case "isBroken" -> call.perform(Act.on(call, location).reading().does(() -> trip.broken));
            case "toString", "hashCode", "equals" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private int await(Call call) throws Throwable {
        boolean timed = call.count() > 0;
        int[] index = new int[1];
        Trip mine = (Trip) Objects.requireNonNull(call.perform(
                Act.on(call, location).acquiring().releasing().interruptible().does(() -> {
                    if (trip.broken) {
                        throw new BrokenBarrierException();
                    }
                    index[0] = parties - ++arrived;
                    Trip joined = trip;
                    if (index[0] == 0 && action == null) {
                        next();
                    }
                    return joined;
                })));
        if (index[0] == 0) {
            if (action != null) {
                action.run();
                call.perform(Act.on(call, location).releasing().does(() -> {
                    next();
                    return null;
                }));
            }
            return 0;
        }
        Act wait = Act.on(call, location).acquiring().interruptible();
        try {
            call.perform((timed ? wait : wait.when(() -> mine.over || mine.broken)).does(() -> {
                if (mine.broken) {
                    throw new BrokenBarrierException();
                }
                if (!mine.over) {
                    mine.broken = true;
                    throw new java.util.concurrent.TimeoutException();
                }
                return null;
            }));
        } catch (InterruptedException e) {
            mine.broken |= !mine.over;
            throw e;
        }
        return index[0];
    }

    private void next() {
        trip.over = true;
        trip = new Trip();
        arrived = 0;
    }
}
