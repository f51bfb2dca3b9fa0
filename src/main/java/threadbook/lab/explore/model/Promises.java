package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// [CompletableFuture]: the real one, every call of which is a step, as is the end of every function that is
/// given to it. Without an executor each asynchronous task gets a thread of its own.
///
/// One location stands for all of them, because the completion of one completes others.
final class Promises {
    private static final Object ALL = new Object();
    private static final Set<String> FUNCTIONS = Set.of(
            "thenApply",
            "thenAccept",
            "thenRun",
            "thenCompose",
            "thenCombine",
            "thenAcceptBoth",
            "runAfterBoth",
            "applyToEither",
            "acceptEither",
            "runAfterEither",
            "handle",
            "whenComplete",
            "exceptionally");

    private Promises() {}

    /// What the program gets in the place of a `CompletableFuture`: asynchronous tasks run on program threads.
    private static final class Promise extends CompletableFuture<Object> {
        private final Call made;

        Promise(Call made) {
            this.made = made;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return unchecked(new Promise(made));
        }

        @SuppressWarnings("unchecked") // what it holds is the program's own affair
        private static <U> CompletableFuture<U> unchecked(CompletableFuture<Object> any) {
            return (CompletableFuture<U>) any;
        }

        @Override
        public Executor defaultExecutor() {
            return work -> spawn(made, work);
        }
    }

    private static Location location(Call call) {
        return call.execution().locations().object(ALL, call.site());
    }

    private static void spawn(Call call, Runnable work) {
        call.execution().spawn(call.me(), "async " + (call.execution().threads().size() + 1), null, work::run);
    }

    private static Act step(Call call) {
        return Act.on(call, location(call)).acquiring().releasing();
    }

    static @Nullable Object callStatic(Call call) throws Throwable {
        return switch (call.name()) {
            case "<init>" -> new Promise(call);
            case "supplyAsync" -> {
                Supplier<?> work = (Supplier<?>) call.argument(0);
                yield async(call, work::get);
            }
            case "runAsync" -> {
                Runnable work = (Runnable) call.argument(0);
                yield async(call, () -> {
                    work.run();
                    return null;
                });
            }
            case "completedFuture" -> {
                var promise = new Promise(call);
                promise.complete(call.value(0));
                yield promise;
            }
            case "allOf", "anyOf" -> {
                call.perform(step(call));
                yield call.proceed();
            }
            default -> throw call.notModelled();
        };
    }

    private static Promise async(Call call, Callable<?> work) throws Throwable {
        var promise = new Promise(call);
        Executor executor = call.count() > 1 ? (Executor) call.argument(1) : promise.defaultExecutor();
        if (call.count() == 1) {
            call.perform(step(call)); // starts a thread
        }
        executor.execute(() -> {
            Object value = null;
            Throwable thrown = null;
            try {
                value = work.call();
            } catch (Exception | AssertionError | StackOverflowError e) { // kept in the future
                call.execution().rethrowRefusal(e);
                thrown = e;
            }
            call.act(step(call));
            if (thrown == null) {
                promise.complete(value);
            } else {
                promise.completeExceptionally(
                        thrown instanceof CompletionException ? thrown : new CompletionException(thrown));
            }
        });
        return promise;
    }

    static @Nullable Object call(Call call) throws Throwable {
        CompletableFuture<?> real = (CompletableFuture<?>) Objects.requireNonNull(call.receiver());
        String name = call.name();
        boolean async = name.endsWith("Async");
        if (async && call.count() == 1 && !(real instanceof Promise)) {
            throw call.notModelled();
        }
        String plain = async ? name.substring(0, name.length() - "Async".length()) : name;
        if (FUNCTIONS.contains(plain)) {
            call.perform(step(call));
            return call.original().call(wrapped(call));
        }
        return switch (name) {
            case "join" -> {
                call.perform(step(call).when(real::isDone));
                yield call.proceed();
            }
            case "get" -> {
                if (call.count() == 0) {
                    call.perform(step(call).interruptible().when(real::isDone));
                    yield call.proceed();
                }
                call.perform(step(call).interruptible().does(() -> {
                    if (!real.isDone()) {
                        throw new TimeoutException();
                    }
                    return null;
                }));
                yield call.proceed();
            }
            case "complete",
                    "completeExceptionally",
                    "isDone",
                    "isCompletedExceptionally",
                    "isCancelled",
                    "getNow",
                    "cancel" -> {
                call.perform(step(call));
                yield call.proceed();
            }
            case "toString", "hashCode", "equals", "toCompletableFuture" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private static @Nullable Object[] wrapped(Call call) {
        @Nullable Object[] arguments = call.arguments().clone();
        for (int i = 1; i < arguments.length; i++) {
            arguments[i] = wrapped(call, arguments[i]);
        }
        return arguments;
    }

    /// The same function, with a step at its end: what it completes is seen by others.
    @SuppressWarnings("unchecked") // only handed through
    private static @Nullable Object wrapped(Call call, @Nullable Object function) {
        return switch (function) {
            case Executor executor -> executor;
            case Function<?, ?> f ->
                (Function<Object, Object>) x -> ended(call, () -> ((Function<Object, Object>) f).apply(x));
            case Consumer<?> f ->
                (Consumer<Object>) x -> ended(call, () -> {
                    ((Consumer<Object>) f).accept(x);
                    return true;
                });
            case BiFunction<?, ?, ?> f ->
                (BiFunction<Object, Object, Object>) (x, y) ->
                        ended(call, () -> ((BiFunction<Object, Object, Object>) f).apply(x, y));
            case BiConsumer<?, ?> f ->
                (BiConsumer<Object, Object>) (x, y) -> ended(call, () -> {
                    ((BiConsumer<Object, Object>) f).accept(x, y);
                    return true;
                });
            case Runnable f ->
                (Runnable) () -> ended(call, () -> {
                    f.run();
                    return true;
                });
            case null, default -> function;
        };
    }

    private static <T> T ended(Call call, Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | AssertionError e) {
            call.execution().rethrowRefusal(e);
            call.act(step(call));
            throw e;
        }
        call.act(step(call));
        return result;
    }
}
