package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// [Semaphore]. Who waits longest need not be next, fair or not.
final class Semaphores {
    private final Location location;
    private int permits;

    private Semaphores(Location location, int permits) {
        this.location = location;
        this.permits = permits;
    }

    static @Nullable Object call(Call call) throws Throwable {
        Semaphore real = (Semaphore) Objects.requireNonNull(call.receiver());
        Semaphores model = call.execution()
                .model(
                        real,
                        Semaphores.class,
                        _ -> new Semaphores(
                                call.execution().locations().object(real, call.site()), real.availablePermits()));
        return model.perform(call);
    }

    private @Nullable Object perform(Call call) throws Throwable {
        return switch (call.name()) {
            case "acquire" -> call.perform(acquire(call, permits(call)).interruptible());
            case "acquireUninterruptibly" -> call.perform(acquire(call, permits(call)));
            case "tryAcquire" -> tryAcquire(call);
            case "release" -> {
                int wanted = permits(call);
                yield call.perform(Act.on(call, location).releasing().does(() -> {
                    permits += wanted;
                    return null;
                }));
            }
            case "availablePermits" ->
                call.perform(Act.on(call, location).reading().does(() -> permits));
            case "drainPermits" ->
                call.perform(Act.on(call, location).acquiring().does(() -> {
                    int all = permits;
                    permits = 0;
                    return all;
                }));
            case "toString", "hashCode", "equals", "isFair" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private Act acquire(Call call, int wanted) {
        return Act.on(call, location).when(() -> permits >= wanted).acquiring().does(() -> {
            permits -= wanted;
            return null;
        });
    }

    private @Nullable Object tryAcquire(Call call) throws Throwable {
        int wanted = call.count() == 1 || call.count() == 3 ? call.number(0) : 1;
        require(wanted);
        Act attempt = Act.on(call, location).acquiring().does(() -> {
            boolean enough = permits >= wanted;
            if (enough) {
                permits -= wanted;
            }
            return enough;
        });
        return call.perform(call.count() >= 2 ? attempt.interruptible() : attempt);
    }

    private static int permits(Call call) {
        int wanted = call.count() == 0 ? 1 : call.number(0);
        require(wanted);
        return wanted;
    }

    private static void require(int wanted) {
        if (wanted < 0) {
            throw new IllegalArgumentException();
        }
    }
}
