package threadbook.lab.trace;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What a call out of woven code means for a timeline.
///
/// @param blocked  the state of a thread that has to wait in it
/// @param effect   what it does to the object that it is called on
record Verb(State blocked, Effect effect) {

    /// What a call does to a lock, a semaphore or a thread.
    enum Effect {
        /// Waits, and then has a lock or permits.
        TAKES,
        /// Gives a lock or permits back.
        GIVES,
        /// May let others go on.
        WAKES,
        /// Waits; may let others go on as well, as a queue's `put` does.
        WAITS
    }

    private static final ConcurrentMap<AccessSite, Optional<Verb>> KNOWN = new ConcurrentHashMap<>();

    private static final Set<String> TAKING =
            Set.of("lock", "lockInterruptibly", "tryLock", "readLock", "writeLock", "readLockInterruptibly");
    private static final Set<String> WAITING = Set.of(
            "await",
            "awaitNanos",
            "awaitUntil",
            "awaitUninterruptibly",
            "arriveAndAwaitAdvance",
            "awaitAdvance",
            "awaitTermination",
            "close",
            "exchange",
            "invokeAll",
            "invokeAny",
            "join",
            "offer",
            "poll",
            "put",
            "take",
            "transfer");
    private static final Set<String> WAKING = Set.of(
            "arrive", "arriveAndDeregister", "complete", "completeExceptionally", "countDown", "signal", "signalAll");
    private static final Set<String> CHANNEL = Set.of("accept", "connect", "read", "receive", "send", "write");

    /// {@return what a call means, empty if nothing}
    static Optional<Verb> of(AccessSite site) {
        return KNOWN.computeIfAbsent(site, Verb::find);
    }

    /// Forgets the sites, whose classes could not be unloaded otherwise.
    static void forget() {
        KNOWN.clear();
    }

    private static Optional<Verb> find(AccessSite site) {
        String owner = site.owner();
        String name = site.name();
        return Optional.ofNullable(
                switch (owner) {
                    case "java.lang.Object" -> name.equals("wait") ? waits() : wakes();
                    case "java.lang.Thread" ->
                        switch (name) {
                            case "sleep" -> sleeps();
                            case "join" -> waits();
                            default -> null;
                        };
                    case "java.lang.Process" -> name.equals("waitFor") ? new Verb(State.IO, Effect.WAITS) : null;
                    case "java.util.concurrent.TimeUnit" -> name.equals("sleep") ? sleeps() : null;
                    case "java.util.concurrent.locks.LockSupport" -> name.equals("unpark") ? wakes() : waits();
                    case "threadbook.lab.Lab" ->
                        switch (name) {
                            case "sleep" -> sleeps();
                            case "parallel" -> waits();
                            default -> null;
                        };
                    default -> ofPackage(owner, name);
                });
    }

    private static @Nullable Verb ofPackage(String owner, String name) {
        if (owner.startsWith("java.util.concurrent.")) {
            return concurrent(owner.substring("java.util.concurrent.".length()), name);
        }
        boolean channel = owner.startsWith("java.net.") || owner.startsWith("java.nio.channels.");
        return channel && CHANNEL.contains(name) ? new Verb(State.IO, Effect.WAITS) : null;
    }

    private static @Nullable Verb concurrent(String owner, String name) {
        if (owner.startsWith("atomic.") || owner.startsWith("Concurrent") || owner.startsWith("CopyOnWrite")) {
            return null;
        }
        if (owner.equals("Semaphore")) {
            return switch (name) {
                case "acquire", "acquireUninterruptibly", "tryAcquire" -> new Verb(State.WAITING, Effect.TAKES);
                case "release" -> new Verb(State.RUNNING, Effect.GIVES);
                default -> null;
            };
        }
        if (owner.startsWith("locks.") && TAKING.contains(name)) {
            boolean view = owner.contains("ReadWriteLock") && !owner.contains("$"); // only asks for one of its locks
            return view ? null : new Verb(State.LOCKED, Effect.TAKES);
        }
        if (owner.startsWith("locks.") && name.startsWith("unlock")) {
            return new Verb(State.RUNNING, Effect.GIVES);
        }
        boolean result = name.equals("get") && (owner.contains("Future") || owner.equals("ForkJoinTask"));
        if (result || WAITING.contains(name)) {
            return waits();
        }
        return WAKING.contains(name) ? wakes() : null;
    }

    private static Verb waits() {
        return new Verb(State.WAITING, Effect.WAITS);
    }

    private static Verb wakes() {
        return new Verb(State.RUNNING, Effect.WAKES);
    }

    private static Verb sleeps() {
        return new Verb(State.SLEEPING, Effect.WAITS);
    }
}
