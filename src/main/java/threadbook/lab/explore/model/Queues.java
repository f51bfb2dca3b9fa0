package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;

/// Blocking queues: the real one holds the elements, and is only called where it need not wait.
final class Queues {
    private final Location location;

    private Queues(Location location) {
        this.location = location;
    }

    static @Nullable Object call(Call call) throws Throwable {
        BlockingQueue<?> real = (BlockingQueue<?>) Objects.requireNonNull(call.receiver());
        Queues model = call.execution().model(real, Queues.class, _ -> {
            Contents.of(real).ifPresent(call.execution()::afterwards);
            return new Queues(call.execution().locations().object(real, call.site()));
        });
        return model.perform(call, real);
    }

    private @Nullable Object perform(Call call, BlockingQueue<?> real) throws Throwable {
        Execution execution = call.execution();
        Act act = Act.on(call, location).acquiring().releasing().callingBack();
        boolean timed = call.count() > 1;
        return switch (call.name()) {
            case "put", "putFirst", "putLast" -> {
                Object element = call.argument(0);
                boolean first = call.name().equals("putFirst");
                yield call.perform(act.interruptible()
                        .when(() -> real.remainingCapacity() > 0)
                        .does(() -> {
                            execution.whole(false, () -> add(real, element, first));
                            return null;
                        }));
            }
            case "take", "takeFirst", "takeLast" -> {
                boolean last = call.name().equals("takeLast");
                yield call.perform(act.interruptible()
                        .when(() -> !real.isEmpty())
                        .does(() -> execution.whole(
                                false, () -> last ? ((BlockingDeque<?>) real).pollLast() : real.poll())));
            }
            case "offer", "offerFirst", "offerLast", "poll", "pollFirst", "pollLast" -> {
                if (!timed) {
                    yield call.perform(act.does(() -> execution.whole(false, call::proceed)));
                }
                boolean first = call.name().endsWith("First");
                boolean last = call.name().endsWith("Last");
                boolean offers = call.name().startsWith("offer");
                Object element = offers ? call.argument(0) : null;
                yield call.perform(act.interruptible().does(() -> {
                    if (element != null) {
                        return real.remainingCapacity() > 0 && execution.whole(false, () -> add(real, element, first));
                    }
                    return last ? ((BlockingDeque<?>) real).pollLast() : real.poll();
                }));
            }
            case "size",
                    "isEmpty",
                    "contains",
                    "peek",
                    "peekFirst",
                    "peekLast",
                    "remainingCapacity",
                    "toString",
                    "element",
                    "toArray" -> call.perform(act.reading().does(() -> execution.whole(false, call::proceed)));
            case "add",
                    "addFirst",
                    "addLast",
                    "remove",
                    "removeFirst",
                    "removeLast",
                    "clear",
                    "addAll",
                    "drainTo",
                    "push",
                    "pop" -> call.perform(act.does(() -> execution.whole(false, call::proceed)));
            case "hashCode", "equals" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    @SuppressWarnings("unchecked") // the program's own call was checked
    private static <T> boolean add(BlockingQueue<T> real, Object element, boolean first) {
        return first && real instanceof BlockingDeque<T> deque
                ? deque.offerFirst((T) element)
                : real.offer((T) element);
    }
}
