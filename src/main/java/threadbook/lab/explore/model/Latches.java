package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// [CountDownLatch].
final class Latches {
    private final Location location;
    private long count;

    private Latches(Location location, long count) {
        this.location = location;
        this.count = count;
    }

    static @Nullable Object call(Call call) throws Throwable {
        CountDownLatch real = (CountDownLatch) Objects.requireNonNull(call.receiver());
        Latches model = call.execution()
                .model(
                        real,
                        Latches.class,
                        _ -> new Latches(call.execution().locations().object(real, call.site()), real.getCount()));
        return model.perform(call);
    }

    private @Nullable Object perform(Call call) throws Throwable {
        return switch (call.name()) {
            case "countDown" ->
                call.perform(Act.on(call, location).releasing().does(() -> {
                    count = Math.max(0, count - 1);
                    return null;
                }));
            case "getCount" -> call.perform(Act.on(call, location).reading().does(() -> count));
            case "await" -> {
                Act wait = Act.on(call, location).reading().acquiring().interruptible();
                yield call.count() == 0
                        ? call.perform(wait.when(() -> count == 0).does(() -> null))
                        : call.perform(wait.does(() -> count == 0));
            }
            case "toString", "hashCode", "equals" -> call.proceed();
            default -> throw call.notModelled();
        };
    }
}
