package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;
import threadbook.lab.explore.engine.Mutex;
import threadbook.lab.explore.engine.Places;
import threadbook.lab.explore.engine.Waiters;
import threadbook.runtime.AccessSite;

/// [ReentrantLock] and its conditions. Who waits longest need not be next, fair or not.
final class Locks {
    private Locks() {}

    static @Nullable Object call(Call call) throws Throwable {
        ReentrantLock lock = (ReentrantLock) Objects.requireNonNull(call.receiver());
        Mutex mutex = mutex(call.execution(), lock, call.site());
        return switch (call.name()) {
            case "lock" -> call.perform(mutex.take(call.me(), "lock", call.site()));
            case "lockInterruptibly" -> call.perform(mutex.takeInterruptibly(call.execution(), call.me(), call.site()));
            case "unlock" -> call.perform(mutex.give(call.me(), "unlock", call.site()));
            case "tryLock" -> call.perform(mutex.tryTake(call.execution(), call.me(), call.count() > 0, call.site()));
            case "isLocked" ->
                call.perform(Act.on(call, mutex.location()).reading().does(() -> mutex.owner() != null));
            case "isHeldByCurrentThread" -> mutex.owner() == call.me();
            case "getHoldCount" -> mutex.owner() == call.me() ? mutex.holds() : 0;
            case "newCondition", "toString", "hashCode", "equals", "isFair" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private static Mutex mutex(Execution execution, ReentrantLock lock, AccessSite site) {
        return execution.model(lock, Mutex.class, _ -> {
            if (lock.isLocked()) {
                throw execution.refuse(
                        "the lock at %s is held by a thread that is not explored: %s".formatted(Places.of(site), lock),
                        "Make the lock in the set-up, or unlock it.");
            }
            return new Mutex(lock, execution.locations().object(lock, site));
        });
    }

    static @Nullable Object callCondition(Call call) throws Throwable {
        Condition condition = (Condition) Objects.requireNonNull(call.receiver());
        Execution execution = call.execution();
        ReentrantLock lock = ownerOf(call, condition);
        Mutex mutex = mutex(execution, lock, call.site());
        Waiters waiters = execution.model(condition, Waiters.class, _ -> {
            Location location = execution.locations().object(condition, call.site());
            return new Waiters(mutex, location);
        });
        return switch (call.name()) {
            case "await" -> {
                boolean timed = call.count() > 0;
                boolean notified = waiters.await(execution, timed, true, "await", call.site());
                yield timed ? (Object) notified : null;
            }
            case "awaitUninterruptibly" -> {
                waiters.await(execution, false, false, "await", call.site());
                yield null;
            }
            case "awaitNanos" -> waiters.await(execution, true, true, "await", call.site()) ? 1L : 0L;
            case "awaitUntil" -> waiters.await(execution, true, true, "await", call.site());
            case "signal" -> call.perform(waiters.notify(call.me(), false, "signal", call.site()));
            case "signalAll" -> call.perform(waiters.notify(call.me(), true, "signalAll", call.site()));
            default -> throw call.notModelled();
        };
    }

    /// The lock of a condition: only a lock itself can tell whether a condition is its own.
    private static ReentrantLock ownerOf(Call call, Condition condition) {
        for (Object held : call.execution().modelled()) {
            if (held instanceof ReentrantLock lock && owns(lock, condition)) {
                return lock;
            }
        }
        throw new IllegalMonitorStateException(
                "%s waits at a condition whose lock nobody has used".formatted(call.me()));
    }

    private static boolean owns(ReentrantLock lock, Condition condition) {
        try {
            lock.hasWaiters(condition);
            return true;
        } catch (IllegalMonitorStateException _) {
            return true; // its own, but not held by this thread
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
