package threadbook.runtime;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import threadbook.runtime.Handover.Owner;
import threadbook.runtime.Handover.Turn;

/// What becomes of a function on its way to a later stage of a `CompletableFuture`: it stays its owner's, as
/// any task does ([Handover]), whichever thread completes the stage before it. Any thread may call it.
public final class HandedStage {
    private HandedStage() {}

    /// {@return the task for `thenRun` and its like}
    public static Runnable owned(Runnable task) {
        return Handover.owned(task);
    }

    /// {@return the function for `thenApply`, `thenCompose`, `exceptionally` and their like}
    public static <T, R> Function<T, R> owned(Function<T, R> function) {
        Owner owner = Handover.owner();
        return owner == null || function == null
                ? function
                : value -> {
                    try (Turn _ = owner.begin()) {
                        return function.apply(value);
                    }
                };
    }

    /// {@return the function for `thenAccept` and its like}
    public static <T> Consumer<T> owned(Consumer<T> function) {
        Owner owner = Handover.owner();
        return owner == null || function == null
                ? function
                : value -> {
                    try (Turn _ = owner.begin()) {
                        function.accept(value);
                    }
                };
    }

    /// {@return the function for `handle`, `thenCombine` and their like}
    public static <T, U, R> BiFunction<T, U, R> owned(BiFunction<T, U, R> function) {
        Owner owner = Handover.owner();
        return owner == null || function == null
                ? function
                : (first, second) -> {
                    try (Turn _ = owner.begin()) {
                        return function.apply(first, second);
                    }
                };
    }

    /// {@return the function for `whenComplete`, `thenAcceptBoth` and their like}
    public static <T, U> BiConsumer<T, U> owned(BiConsumer<T, U> function) {
        Owner owner = Handover.owner();
        return owner == null || function == null
                ? function
                : (first, second) -> {
                    try (Turn _ = owner.begin()) {
                        function.accept(first, second);
                    }
                };
    }
}
