package threadbook.lab.explore.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Code;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.ThreadBuilder;

/// [Thread]: the threads that the program starts become threads of the program.
final class Threads {
    private @Nullable ProgramThread started; // null before start
    private @Nullable Runnable task; // null if only the thread itself knows

    private Threads() {}

    static @Nullable Object callStatic(Call call) throws Throwable {
        return switch (call.name()) {
            case "currentThread" -> self(call);
            case "sleep" -> Pauses.pause(call);
            case "yield", "onSpinWait" -> null;
            case "interrupted" -> {
                var flag = call.execution().locations().interruptOf(call.me());
                yield call.execution().locations().touch(flag, false)
                        ? call.perform(Act.on(call, flag).does(() -> call.me().takeInterrupt()))
                        : call.me().takeInterrupt();
            }
            case "startVirtualThread" -> {
                Runnable task = (Runnable) call.argument(0);
                Thread thread = Thread.ofVirtual().unstarted(task);
                remember(call, thread, task);
                start(call, thread);
                yield thread;
            }
            case "ofVirtual", "ofPlatform" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private static Thread self(Call call) {
        Object handle = call.me().handle();
        return handle instanceof Thread thread ? thread : Thread.currentThread();
    }

    static @Nullable Object call(Call call) throws Throwable {
        Thread thread = (Thread) Objects.requireNonNull(call.receiver());
        Execution execution = call.execution();
        Location handle = execution.locations().object(thread, call.site());
        if (call.name().equals("isAlive")
                || call.name().equals("join")
                || call.name().equals("getState")) {
            if (execution.locations().touch(handle, false) && of(execution, thread) == null) {
                call.perform(Act.on(call, handle).reading()); // is it started yet?
            }
        }
        ProgramThread target = of(execution, thread);
        return switch (call.name()) {
            case "start" -> {
                start(call, thread);
                yield null;
            }
            case "join" -> {
                boolean timed = call.count() > 0;
                Object ended = target == null ? (Object) true : join(call, target, timed);
                yield call.site().descriptor().endsWith("Z") ? ended : null;
            }
            case "interrupt" ->
                target == null
                        ? null
                        : call.perform(
                                Act.on(call, flag(execution, target, true)).does(() -> {
                                    target.interrupt();
                                    return null;
                                }));
            case "isInterrupted" ->
                target != null
                        && (execution.locations().touch(execution.locations().interruptOf(target), false)
                                ? (boolean) Objects.requireNonNull(call.perform(
                                        Act.on(call, execution.locations().interruptOf(target))
                                                .reading()
                                                .does(() -> target.isInterrupted())))
                                : target.isInterrupted());
            case "isAlive" ->
                target == null
                        ? false
                        : call.perform(
                                Act.on(call, asked(execution, target)).reading().does(() -> !target.hasEnded()));
            case "getState", "stop", "suspend", "resume", "getStackTrace" -> throw call.notModelled();
            default -> call.proceed();
        };
    }

    private static Location asked(Execution execution, ProgramThread whetherItLives) {
        Location life = execution.locations().lifeOf(whetherItLives);
        execution.locations().touch(life, false);
        return life;
    }

    private static Location flag(Execution execution, ProgramThread of, boolean write) {
        Location flag = execution.locations().interruptOf(of);
        execution.locations().touch(flag, write);
        return flag;
    }

    /// `Thread.ofPlatform()` and its like.
    static @Nullable Object callBuilder(Call call) throws Throwable {
        return switch (call.name()) {
            case "start", "unstarted" -> {
                Runnable task = (Runnable) call.argument(0);
                Thread thread = ((Thread.Builder) Objects.requireNonNull(call.receiver())).unstarted(task);
                remember(call, thread, task);
                if (call.name().equals("start")) {
                    start(call, thread);
                }
                yield thread;
            }
            default -> call.proceed();
        };
    }

    static @Nullable Object callFactory(Call call) throws Throwable {
        Object made = Objects.requireNonNull(call.proceed());
        remember(call, (Thread) made, (Runnable) call.argument(0));
        return made;
    }

    /// A virtual thread does not tell its task.
    private static void remember(Call call, Thread thread, Runnable task) {
        call.execution().model(thread, Threads.class, _ -> new Threads()).task = task;
    }

    /// The library's own description of a thread.
    static @Nullable Object callDescribed(Call call) throws Throwable {
        if (!call.name().equals("start")) {
            return call.proceed();
        }
        ThreadBuilder described = (ThreadBuilder) Objects.requireNonNull(call.receiver());
        Thread thread = Thread.ofVirtual().name(described.name()).unstarted(() -> {});
        start(call, thread, described.name(), described.body()::run);
        return thread;
    }

    static @Nullable ProgramThread of(Execution execution, Thread thread) {
        ProgramThread running = execution.threadOf(thread);
        return running != null ? running : execution.model(thread, Threads.class, _ -> new Threads()).started;
    }

    @SuppressWarnings("DoNotCall") // another thread of ours runs it in its place
    private static void start(Call call, Thread thread) throws Throwable {
        Execution execution = call.execution();
        Threads model = execution.model(thread, Threads.class, _ -> new Threads());
        if (model.started != null) {
            throw new IllegalThreadStateException();
        }
        String own = thread.getName();
        boolean nameless = own.isEmpty() || own.startsWith("Thread-"); // the JDK's numbers differ each time
        Runnable task = model.task;
        if (task == null && thread.isVirtual()) {
            throw execution.refuse(
                    "the virtual thread that is started at %s was made earlier".formatted(call.place()),
                    "Make it in the set-up or where you start it.");
        }
        String name = nameless ? "thread " + (execution.threads().size() + 1) : own;
        start(call, thread, name, task == null ? thread::run : task::run);
    }

    private static void start(Call call, Thread thread, String name, Code code) throws Throwable {
        Execution execution = call.execution();
        Threads model = execution.model(thread, Threads.class, _ -> new Threads());
        execution.locations().touch(execution.locations().object(thread, call.site()), true);
        ProgramThread me = call.me();
        call.perform(Act.on(call, execution.locations().object(thread, call.site()))
                .releasing()
                .does(() -> {
                    model.started = execution.spawn(me, name, thread, code);
                    return null;
                }));
    }

    private static @Nullable Object join(Call call, ProgramThread target, boolean timed) throws Throwable {
        Execution execution = call.execution();
        Act join = Act.on(
                        call,
                        timed ? asked(execution, target) : execution.locations().lifeOf(target))
                .reading()
                .acquiring()
                .interruptible()
                .heldBy(() -> List.of(target));
        return call.perform(
                timed
                        ? join.does(() -> target.hasEnded())
                        : join.when(() -> target.hasEnded()).does(() -> true));
    }

    /// Runs bodies as threads of the program and waits for all.
    static @Nullable Object parallel(Call call, List<? extends Body> bodies) throws Throwable {
        Execution execution = call.execution();
        var all = new ArrayList<ProgramThread>();
        for (int i = 0; i < bodies.size(); i++) {
            Body body = bodies.get(i);
            all.add(execution.spawn(call.me(), "parallel " + i, null, body::run));
        }
        for (ProgramThread one : all) {
            join(call, one, false);
        }
        return null;
    }
}
