package threadbook.weaving;

import java.util.Optional;
import java.util.Set;

/// Which calls into code that is not woven may wait for something, so that a global lock must be dropped around
/// them. What is not known here keeps the lock, as a C function of CPython that forgets to drop it.
final class Waiting {
    private static final Set<String> LOCKING =
            Set.of("lock", "lockInterruptibly", "writeLock", "readLock", "await", "awaitNanos", "awaitUntil");
    private static final Set<String> CONCURRENT = Set.of(
            "acquire",
            "acquireUninterruptibly",
            "await",
            "awaitTermination",
            "awaitAdvance",
            "arriveAndAwaitAdvance",
            "put",
            "take",
            "transfer",
            "exchange",
            "get",
            "join",
            "invoke",
            "invokeAll",
            "invokeAny",
            "close",
            "resultNow");
    private static final Set<String> TIMED = Set.of("tryLock", "tryAcquire", "offer", "poll", "tryTransfer");
    private static final Set<String> NEVER_WAITING = Set.of(
            "ConcurrentHashMap",
            "ConcurrentMap",
            "ConcurrentNavigableMap",
            "ConcurrentSkipListMap",
            "ConcurrentSkipListSet",
            "ConcurrentLinkedQueue",
            "ConcurrentLinkedDeque",
            "CopyOnWriteArrayList",
            "CopyOnWriteArraySet",
            "ThreadLocalRandom");

    /// The library's own that call back at once, or only describe.
    private static final Set<String> AT_ONCE = Set.of(
            "burn",
            "times",
            "time",
            "until",
            "thread",
            "pid",
            "display",
            "updateDisplay",
            "globalLock",
            "explore",
            "predict",
            "check",
            "hint");

    private static final Set<String> STREAMS = Set.of("Stream", "IntStream", "LongStream", "DoubleStream");
    private static final Set<String> NATIVE = Set.of("digest", "update", "doFinal", "setInput");

    private Waiting() {}

    /// {@return when the lock is dropped around the call, as `LockedCode.bootstrap` takes it}
    ///
    /// @param owner  the class where the search for the method ends, an internal name
    static Optional<String> around(String owner, String name, String descriptor) {
        String type = owner.substring(owner.lastIndexOf('/') + 1);
        String room = owner.substring(0, Math.max(0, owner.lastIndexOf('/')));
        boolean always = switch (room) {
            case "java/lang" ->
                switch (type) {
                    case "Thread" -> Set.of("sleep", "join", "yield").contains(name);
                    case "Object" -> name.equals("wait");
                    case "Process" -> Set.of("waitFor", "close").contains(name);
                    case "ProcessBuilder" -> name.startsWith("start");
                    case "IO" -> true;
                    default -> false;
                };
            case "java/util/concurrent/locks" ->
                LOCKING.contains(name) || name.startsWith("park") || TIMED.contains(name) && timed(descriptor);
            case "java/util/concurrent/atomic" -> false;
            case "java/util/concurrent" ->
                type.equals("TimeUnit")
                        ? Set.of("sleep", "timedJoin", "timedWait").contains(name)
                        : !NEVER_WAITING.contains(type)
                                && (CONCURRENT.contains(name) || TIMED.contains(name) && timed(descriptor));
            case "java/io" -> !type.startsWith("ByteArray") && !type.startsWith("String") && moves(name);
            case "java/net" -> !Set.of("URI", "URLEncoder", "URLDecoder").contains(type);
            case "java/net/http" -> name.equals("send");
            case "java/nio/channels" -> true;
            case "java/nio/file" -> type.equals("Files");
            case "java/util" -> type.equals("Scanner");
            case "javax/crypto" -> type.equals("SecretKeyFactory") && name.equals("generateSecret");
            case "threadbook/lab" -> !AT_ONCE.contains(name);
            default -> room.startsWith("threadbook/lab/");
        };
        if (always && !name.equals("<init>")) {
            return Optional.of("always");
        }
        if (room.equals("java/util/stream") && STREAMS.contains(type) && !descriptor.endsWith("Stream;")) {
            return Optional.of("parallel");
        }
        boolean inC = Set.of("java/security", "javax/crypto", "java/util/zip").contains(room);
        return inC && NATIVE.contains(name) && descriptor.contains("[B") ? Optional.of("large") : Optional.empty();
    }

    private static boolean timed(String descriptor) {
        return descriptor.contains("J");
    }

    private static boolean moves(String name) {
        return Set.of("read", "write", "print", "flush", "close", "append", "skip", "transfer").stream()
                .anyMatch(name::startsWith);
    }
}
