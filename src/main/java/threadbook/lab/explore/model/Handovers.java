package threadbook.lab.explore.model;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// `SynchronousQueue`: to hand over is a step, to go on after somebody has taken it is another one.
final class Handovers {
    private static final class Offer {
        final Object element;
        boolean taken;

        Offer(Object element) {
            this.element = element;
        }
    }

    private final Location location;
    private final ArrayDeque<Offer> offers = new ArrayDeque<>();

    private Handovers(Location location) {
        this.location = location;
    }

    static @Nullable Object call(Call call) throws Throwable {
        Object real = Objects.requireNonNull(call.receiver());
        return call.execution()
                .model(
                        real,
                        Handovers.class,
                        _ -> new Handovers(call.execution().locations().object(real, call.site())))
                .perform(call);
    }

    private @Nullable Object perform(Call call) throws Throwable {
        return switch (call.name()) {
            case "put" -> {
                var offer = new Offer(call.argument(0));
                call.perform(Act.on(call, location).releasing().does(() -> offers.add(offer)));
                try {
                    yield call.perform(Act.on(call, location)
                            .acquiring()
                            .interruptible()
                            .when(() -> offer.taken)
                            .does(() -> null));
                } finally {
                    offers.remove(offer);
                }
            }
            case "take" ->
                call.perform(Act.on(call, location)
                        .acquiring()
                        .releasing()
                        .interruptible()
                        .when(() -> !offers.isEmpty())
                        .does(() -> {
                            Offer offer = offers.remove();
                            offer.taken = true;
                            return offer.element;
                        }));
            default -> throw call.notModelled(); // they depend on whether somebody waits at this moment
        };
    }
}
