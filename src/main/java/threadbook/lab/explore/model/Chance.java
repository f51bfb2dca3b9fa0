package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Random numbers: only those of a [Random] with a seed, made anew in each schedule, are the same each time.
final class Chance {
    private record Seeded(Random random) {}

    private Chance() {}

    static RuntimeException refusal(Call call) {
        return call.execution()
                .refuse(
                        "random numbers (%s.%s at %s): a program must do the same each time to be explored"
                                .formatted(call.site().owner(), call.name(), call.place()),
                        "Use numbers that are fixed, or new Random(1) in the set-up.");
    }

    static @Nullable Object create(Call call) throws Throwable {
        if (call.count() == 0) {
            throw refusal(call);
        }
        Random random = (Random) Objects.requireNonNull(call.proceed());
        call.execution().model(random, Seeded.class, _ -> new Seeded(random));
        return random;
    }

    static @Nullable Object call(Call call) throws Throwable {
        Object random = Objects.requireNonNull(call.receiver());
        if (random.getClass() != Random.class || !call.execution().modelled().contains(random)) {
            throw refusal(call);
        }
        var location = call.execution().locations().object(random, call.site());
        call.execution().progress();
        return call.execution().locations().touch(location, true)
                ? call.perform(Act.on(call, location).acquiring().releasing().does(call.unchecked()))
                : call.proceed();
    }
}
