package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// What a [Pool] was given to do, and its `Future`. Its end is a step.
final class Task implements Runnable, Future<Object> {
    private final Call given;
    private final Callable<?> work;
    private final Location location;
    private boolean done;
    private @Nullable Object value;
    private @Nullable Throwable thrown;

    Task(Call given, Callable<?> work) {
        this.given = given;
        this.work = work;
        location = given.execution().locations().object(this, given.site());
    }

    @Override
    public void run() {
        Object result = null;
        Throwable failure = null;
        try {
            result = work.call();
        } catch (Exception | AssertionError | StackOverflowError e) { // a task keeps whatever its work throws
            given.execution().rethrowRefusal(e);
            failure = e;
        }
        Object end = result;
        Throwable failed = failure;
        given.act(Act.on(given, location).releasing().does(() -> {
            done = true;
            value = end;
            thrown = failed;
            return null;
        }));
    }

    void await(Call call) throws Throwable {
        call.perform(
                Act.on(call, location).reading().acquiring().interruptible().when(() -> done));
    }

    static @Nullable Object call(Call call) throws Throwable {
        return ((Task) Objects.requireNonNull(call.receiver())).perform(call);
    }

    private @Nullable Object perform(Call call) throws Throwable {
        return switch (call.name()) {
            case "get" -> {
                if (call.count() == 0) {
                    await(call);
                } else {
                    call.perform(Act.on(call, location)
                            .reading()
                            .acquiring()
                            .interruptible()
                            .does(() -> {
                                if (!done) {
                                    throw new TimeoutException();
                                }
                                return null;
                            }));
                }
                if (thrown != null) {
                    throw new ExecutionException(thrown);
                }
                yield value;
            }
            case "isDone" -> call.perform(Act.on(call, location).reading().does(() -> done));
            case "isCancelled" -> false;
            case "toString", "hashCode", "equals" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    // ---- Future, as only code that is not woven calls it

    @Override
    public boolean cancel(boolean interrupt) {
        throw given.notModelled();
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public @Nullable Object get() {
        throw given.notModelled();
    }

    @Override
    public @Nullable Object get(long timeout, TimeUnit unit) {
        throw given.notModelled();
    }
}
