package threadbook.lab.explore.model;

import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Mutex;
import threadbook.lab.gil.GlobalLock;
import threadbook.lab.thread.Body;

/// [GlobalLock]. No time passes here, so a drop may have been requested at every `check`: there the lock is given
/// and taken again, and between the two anybody may take it. Only there, as CPython since 3.10 looks only where a loop
/// turns or a function begins.
final class GlobalLocks {
    private GlobalLocks() {}

    static @Nullable Object call(Call call) throws Throwable {
        GlobalLock lock = (GlobalLock) call.argumentOfReceiver();
        Mutex mutex = call.execution().model(lock, Mutex.class, _ -> {
            if (lock.isHeld()) {
                throw call.execution()
                        .refuse(
                                "the global lock at %s is held by a thread that is not explored"
                                        .formatted(call.place()),
                                "Make another one in the set-up.");
            }
            return new Mutex(lock, call.execution().locations().object(lock, call.site()));
        });
        switch (call.name()) {
            case "run" -> run(call, mutex, (Body) call.argument(0));
            case "release" -> {
                give(call, mutex);
                runBetween((Body) call.argument(0), () -> take(call, mutex));
            }
            case "check" -> {
                if (mutex.owner() == call.me()) {
                    give(call, mutex);
                    take(call, mutex);
                }
            }
            case "toString", "hashCode", "equals", "switchMillis" -> {
                return call.proceed();
            }
            default -> throw call.notModelled();
        }
        return null;
    }

    private static void run(Call call, Mutex mutex, Body body) throws Throwable {
        if (mutex.owner() == call.me()) {
            body.run();
        } else {
            take(call, mutex);
            runBetween(body, () -> give(call, mutex));
        }
    }

    private interface Step {
        void run() throws Throwable;
    }

    private static void runBetween(Body body, Step then) throws Throwable {
        try {
            body.run();
        } finally {
            then.run();
        }
    }

    private static void take(Call call, Mutex mutex) throws Throwable {
        call.perform(mutex.take(call.me(), "take the lock", call.site()));
    }

    private static void give(Call call, Mutex mutex) throws Throwable {
        call.perform(mutex.give(call.me(), "drop the lock", call.site()));
    }
}
