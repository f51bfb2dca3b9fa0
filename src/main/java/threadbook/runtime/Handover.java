package threadbook.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What becomes of a task on its way from woven code to an executor: it stays its owner's, whoever runs it.
///
/// The executor gets a task around the task, where the program cannot see the difference: from the
/// executors of the JDK only. Elsewhere the task is handed over as it is. Any thread may call it.
public final class Handover {
    private static volatile Supplier<? extends @Nullable Owner> owners = () -> null;

    private Handover() {}

    /// Whose a task may be.
    @FunctionalInterface
    public interface Owner {
        /// The calling thread works for this owner until the turn is closed, by the same thread.
        Turn begin();
    }

    /// A thread at work for an owner.
    public interface Turn extends AutoCloseable {
        /// The task threw this, and the thread may end with it when the turn is closed.
        void failed(Throwable thrown);

        @Override
        void close();
    }

    /// @param current  the owner of the calling thread, null if it has none; asked at every handover
    public static void install(Supplier<? extends @Nullable Owner> current) {
        owners = current;
    }

    /// {@return the owner of the calling thread, null if it has none}
    static @Nullable Owner owner() {
        return owners.get();
    }

    /// {@return the task for `execute`}, which the executor's queue and its handler may show to the program
    public static Runnable executed(Executor executor, Runnable task) {
        return hides(executor) ? submitted(executor, task) : task;
    }

    /// {@return the task for `submit`, `schedule` and their like}, which make a future of it
    public static Runnable submitted(Object executor, Runnable task) {
        return ofTheJdk(executor) ? owned(task) : task;
    }

    /// The same for a task with a result.
    public static <T> Callable<T> submitted(Object executor, Callable<T> task) {
        return ofTheJdk(executor) ? owned(task, owners.get()) : task;
    }

    /// The same for `invokeAll` and `invokeAny`.
    public static <T> Collection<? extends Callable<T>> submitted(
            Object executor, Collection<? extends Callable<T>> tasks) {
        Owner owner = owners.get();
        if (owner == null || tasks == null || !ofTheJdk(executor)) {
            return tasks;
        }
        List<Callable<T>> owned = new ArrayList<>();
        tasks.forEach(task -> owned.add(owned(task, owner)));
        return owned;
    }

    /// {@return the task for `CompletableFuture.runAsync`}
    public static Runnable owned(Runnable task) {
        Owner owner = owners.get();
        return owner == null || task == null || task instanceof ForkJoinTask ? task : new OwnedRunnable(task, owner);
    }

    /// {@return the task for `CompletableFuture.supplyAsync`}
    public static <T> Supplier<T> owned(Supplier<T> task) {
        Owner owner = owners.get();
        return owner == null || task == null ? task : new OwnedSupplier<>(task, owner);
    }

    private static <T> Callable<T> owned(Callable<T> task, @Nullable Owner owner) {
        return owner == null || task == null ? task : new OwnedCallable<>(task, owner);
    }

    /// In the place of [ThreadPoolExecutor#remove].
    public static boolean remove(ThreadPoolExecutor pool, Runnable task) {
        return pool.remove(task) || (task != null && pool.remove(new Sought(task)));
    }

    /// {@return what `shutdownNow` has found, as it was handed over}
    public static List<Runnable> original(List<Runnable> tasks) {
        if (tasks == null || tasks.stream().noneMatch(OwnedRunnable.class::isInstance)) {
            return tasks;
        }
        List<Runnable> original = new ArrayList<>(tasks);
        original.replaceAll(task -> task instanceof OwnedRunnable owned ? owned.task : task);
        return original;
    }

    /// A queue that orders its tasks, and a program's own handler of refused tasks, look at them.
    private static boolean hides(Executor executor) {
        return !(executor instanceof ThreadPoolExecutor pool)
                || (ofTheJdk(pool.getQueue())
                        && !(pool.getQueue() instanceof PriorityBlockingQueue)
                        && ofTheJdk(pool.getRejectedExecutionHandler()));
    }

    /// Null is no executor, and about to be told so.
    private static boolean ofTheJdk(@Nullable Object object) {
        return object != null && object.getClass().getClassLoader() == null;
    }

    private record OwnedRunnable(Runnable task, Owner owner) implements Runnable {
        @Override
        public void run() {
            try (Turn turn = owner.begin()) {
                try {
                    task.run();
                } catch (Throwable e) { // only looked at
                    turn.failed(e);
                    throw e;
                }
            }
        }

        @Override
        public String toString() {
            return task.toString();
        }
    }

    private record OwnedCallable<T>(Callable<T> task, Owner owner) implements Callable<T> {
        @Override
        public T call() throws Exception {
            try (Turn _ = owner.begin()) {
                return task.call();
            }
        }

        @Override
        public String toString() {
            return task.toString();
        }
    }

    private record OwnedSupplier<T>(Supplier<T> task, Owner owner) implements Supplier<T> {
        @Override
        public T get() {
            try (Turn _ = owner.begin()) {
                return task.get();
            }
        }
    }

    /// Equals a task that was handed over.
    private record Sought(Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OwnedRunnable owned && task.equals(owned.task);
        }

        @Override
        public int hashCode() {
            return task.hashCode();
        }
    }
}
