package threadbook.lab.explore.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.thread.Body;

/// [Thread]: the threads that the program starts become threads of the program.
final class Threads {
    private @Nullable ProgramThread started; // null before start

    private Threads() {}

    static @Nullable Object callStatic(Call call) throws Throwable {
        return switch (call.name()) {
            case "currentThread" -> self(call);
            case "sleep" -> Pauses.pause(call);
            case "yield", "onSpinWait" -> null;
            case "interrupted" -> call.engine().takeInterrupt(call.me());
            case "startVirtualThread" -> {
                Thread thread = Thread.ofVirtual().unstarted((Runnable) call.argument(0));
                start(call, thread);
                yield thread;
            }
            case "ofVirtual", "ofPlatform" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private static Thread self(Call call) {
        Object handle = call.engine().handle(call.me());
        return handle instanceof Thread thread ? thread : Thread.currentThread();
    }

    static @Nullable Object call(Call call) throws Throwable {
        Thread thread = (Thread) Objects.requireNonNull(call.receiver());
        Engine engine = call.engine();
        ProgramThread target = of(engine, thread);
        return switch (call.name()) {
            case "start" -> {
                start(call, thread);
                yield null;
            }
            case "join" -> join(call, Objects.requireNonNull(target, "not started"), call.count() > 0);
            case "interrupt" ->
                target == null
                        ? null
                        : call.perform(Act.on(call, engine.interruptOf(target)).does(() -> {
                            engine.interrupt(target);
                            return null;
                        }));
            case "isInterrupted" -> target != null && engine.isInterrupted(target);
            case "isAlive" ->
                target == null
                        ? false
                        : call.perform(Act.on(call, engine.interruptOf(target))
                                .reading()
                                .does(() -> !engine.hasEnded(target)));
            default -> call.proceed();
        };
    }

    private static @Nullable ProgramThread of(Engine engine, Thread thread) {
        ProgramThread running = engine.threadOf(thread);
        return running != null ? running : engine.model(thread, Threads.class, _ -> new Threads()).started;
    }

    @SuppressWarnings("DoNotCall") // another thread of ours runs it in its place
    private static void start(Call call, Thread thread) throws Throwable {
        Engine engine = call.engine();
        Threads model = engine.model(thread, Threads.class, _ -> new Threads());
        if (model.started != null) {
            throw new IllegalThreadStateException();
        }
        String name = thread.getName().isEmpty() ? "thread " + (engine.threads().size() + 1) : thread.getName();
        ProgramThread me = call.me();
        call.perform(Act.on(call, engine.location(thread, call.site()))
                .releasing()
                .does(() -> {
                    model.started = engine.spawn(me, name, thread, thread::run);
                    return null;
                }));
    }

    private static @Nullable Object join(Call call, ProgramThread target, boolean timed) throws Throwable {
        Engine engine = call.engine();
        Act join = Act.on(call, engine.interruptOf(target))
                .reading()
                .acquiring()
                .interruptible()
                .heldBy(() -> List.of(target));
        return call.perform(timed ? join : join.when(() -> engine.hasEnded(target)));
    }

    /// Runs bodies as threads of the program and waits for all.
    static @Nullable Object parallel(Call call, List<? extends Body> bodies) throws Throwable {
        Engine engine = call.engine();
        var all = new ArrayList<ProgramThread>();
        for (int i = 0; i < bodies.size(); i++) {
            Body body = bodies.get(i);
            all.add(engine.spawn(call.me(), "parallel " + i, null, body::run));
        }
        for (ProgramThread one : all) {
            join(call, one, false);
        }
        return null;
    }
}
