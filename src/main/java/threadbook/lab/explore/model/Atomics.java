package threadbook.lab.explore.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;

/// [AtomicInteger] and its like: each call is one step. The real one is used and put back afterwards.
final class Atomics {
    private static final Set<String> READS = Set.of(
            "get",
            "getPlain",
            "getAcquire",
            "getOpaque",
            "intValue",
            "longValue",
            "floatValue",
            "doubleValue",
            "byteValue",
            "shortValue",
            "length",
            "toString");

    private final Location location;

    private Atomics(Location location) {
        this.location = location;
    }

    static @Nullable Object call(Call call) throws Throwable {
        Object real = Objects.requireNonNull(call.receiver());
        Execution execution = call.execution();
        if (call.name().equals("hashCode") || call.name().equals("equals")) {
            return call.proceed();
        }
        Atomics model = execution.model(real, Atomics.class, _ -> {
            execution.afterwards(putBack(real));
            return new Atomics(execution.locations().object(real, call.site()));
        });
        Act act = Act.on(call, model.location).acquiring();
        if (READS.contains(call.name())) {
            act.reading();
        } else {
            act.releasing();
        }
        return call.perform(act.callingBack().does(() -> execution.whole(false, call::proceed)));
    }

    private static Runnable putBack(Object real) {
        return switch (real) {
            case AtomicInteger number -> {
                int before = number.get();
                yield () -> number.set(before);
            }
            case AtomicLong number -> {
                long before = number.get();
                yield () -> number.set(before);
            }
            case AtomicBoolean flag -> {
                boolean before = flag.get();
                yield () -> flag.set(before);
            }
            case AtomicReference<?> reference -> putBackReference(reference);
            case AtomicIntegerArray array -> {
                int[] before = new int[array.length()];
                java.util.Arrays.setAll(before, array::get);
                yield () -> IntStream.range(0, before.length).forEach(i -> array.set(i, before[i]));
            }
            case AtomicLongArray array -> {
                long[] before = new long[array.length()];
                java.util.Arrays.setAll(before, array::get);
                yield () -> IntStream.range(0, before.length).forEach(i -> array.set(i, before[i]));
            }
            case AtomicReferenceArray<?> array -> putBackReferences(array);
            default -> throw new IllegalStateException("no atomic: " + real.getClass());
        };
    }

    private static <T> Runnable putBackReferences(AtomicReferenceArray<T> array) {
        List<T> before = IntStream.range(0, array.length())
                .mapToObj(array::get)
                .collect(Collectors.toCollection(ArrayList::new));
        return () -> IntStream.range(0, before.size()).forEach(i -> array.set(i, before.get(i)));
    }

    private static <T> Runnable putBackReference(AtomicReference<T> reference) {
        T before = reference.get();
        return () -> reference.set(before);
    }
}
