package threadbook.lab.explore.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;

/// An executor of the program: its workers are threads of the program. One with a fixed size begins a worker
/// for each task until it has enough; any other begins one for each task. A worker without work is no deadlock.
final class Pool extends AbstractExecutorService {
    private final Call made; // where
    private final Location location;
    private final int size;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int begun; // workers so far
    private int alive; // workers that have not ended
    private boolean shutdown;

    private Pool(Call made, int size) {
        this.made = made;
        this.size = size;
        location = made.execution().locations().object(this, made.site());
    }

    static @Nullable Object create(Call call) throws Throwable {
        return switch (call.name()) {
            case "newFixedThreadPool" -> new Pool(call, call.number(0));
            case "newSingleThreadExecutor" -> new Pool(call, 1);
            case "newCachedThreadPool", "newVirtualThreadPerTaskExecutor", "newThreadPerTaskExecutor" ->
                new Pool(call, Integer.MAX_VALUE);
            case "callable" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    static @Nullable Object call(Call call) throws Throwable {
        return ((Pool) Objects.requireNonNull(call.receiver())).perform(call);
    }

    private @Nullable Object perform(Call call) throws Throwable {
        return switch (call.name()) {
            case "execute" -> {
                add(call, (Runnable) call.argument(0));
                yield null;
            }
            case "submit" -> submit(call, call.argument(0), call.count() > 1 ? call.value(1) : null);
            case "invokeAll" -> {
                var tasks = new ArrayList<Task>();
                for (Object work : (Collection<?>) call.argument(0)) {
                    tasks.add(submit(call, work, null));
                }
                for (Task task : tasks) {
                    task.await(call);
                }
                yield tasks;
            }
            case "shutdown" -> end(call);
            case "close" -> {
                end(call);
                yield terminated(call, false);
            }
            case "awaitTermination" -> terminated(call, true);
            case "isShutdown" -> call.perform(Act.on(call, location).reading().does(() -> shutdown));
            case "isTerminated" -> call.perform(Act.on(call, location).reading().does(() -> shutdown && alive == 0));
            case "toString", "hashCode", "equals" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private Task submit(Call call, Object work, @Nullable Object result) throws Throwable {
        var task = new Task(
                call,
                work instanceof Callable<?> callable
                        ? callable
                        : () -> {
                            ((Runnable) work).run();
                            return result;
                        });
        add(call, task);
        return task;
    }

    private void add(Call call, Runnable work) throws Throwable {
        call.perform(Act.on(call, location).releasing().does(() -> {
            if (shutdown) {
                throw new RejectedExecutionException("the executor was shut down");
            }
            if (begun < size) {
                begun++;
                alive++;
                call.execution().spawn(call.me(), "worker " + begun, null, () -> work(call, work));
            } else {
                waiting.add(work);
            }
            return null;
        }));
    }

    private void work(Call call, Runnable first) throws Throwable {
        Runnable next = first;
        try {
            while (next != null) {
                next.run();
                next = size == Integer.MAX_VALUE ? null : next(call);
            }
        } finally {
            call.perform(Act.on(call, location).releasing().does(() -> --alive));
        }
    }

    private @Nullable Runnable next(Call call) throws Throwable {
        return (Runnable) call.perform(Act.on(call, location)
                .when(() -> !waiting.isEmpty() || shutdown)
                .acquiring()
                .idling()
                .does(waiting::poll));
    }

    private @Nullable Object end(Call call) throws Throwable {
        return call.perform(Act.on(call, location).releasing().does(() -> {
            shutdown = true;
            return null;
        }));
    }

    private @Nullable Object terminated(Call call, boolean timed) throws Throwable {
        Act wait = Act.on(call, location).acquiring().interruptible();
        return call.perform(
                timed
                        ? wait.does(() -> shutdown && alive == 0 && waiting.isEmpty())
                        : wait.when(() -> alive == 0 && waiting.isEmpty()));
    }

    // ---- what the JDK calls, as CompletableFuture does

    @Override
    public void execute(Runnable work) {
        try {
            add(made, work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("execute throws nothing checked", e);
        }
    }

    @Override
    public void shutdown() {
        throw made.notModelled();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw made.notModelled();
    }

    @Override
    public boolean isShutdown() {
        throw made.notModelled();
    }

    @Override
    public boolean isTerminated() {
        throw made.notModelled();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw made.notModelled();
    }
}
