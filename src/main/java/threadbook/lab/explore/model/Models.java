package threadbook.lab.explore.model;

import java.io.PrintStream;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Calls;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.gil.GlobalLock;
import threadbook.lab.thread.ThreadBuilder;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// Which family a call belongs to.
public final class Models implements Calls {
    /// Not Object's: those of any object are [MonitorCalls].
    private static final Map<Class<?>, Family> SYNCHRONISERS = synchronisers();

    private static final Set<String> QUEUES = Set.of(
            "java.util.concurrent.ArrayBlockingQueue",
            "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.LinkedBlockingDeque",
            "java.util.concurrent.PriorityBlockingQueue");

    private final ClassLoader program;
    private final StoredReferences references;
    private final Map<Class<?>, Family> families = new HashMap<>();
    private final Map<AccessSite, Family> statics = new IdentityHashMap<>();

    private static Map<Class<?>, Family> synchronisers() {
        var known = new LinkedHashMap<Class<?>, Family>();
        known.put(ReentrantLock.class, Locks::call);
        known.put(ReentrantReadWriteLock.class, ReadWriteLocks::call);
        known.put(ReentrantReadWriteLock.ReadLock.class, ReadWriteLocks::callSide);
        known.put(ReentrantReadWriteLock.WriteLock.class, ReadWriteLocks::callSide);
        known.put(Condition.class, Locks::callCondition);
        known.put(Semaphore.class, Semaphores::call);
        known.put(GlobalLock.class, GlobalLocks::call);
        known.put(CountDownLatch.class, Latches::call);
        known.put(CyclicBarrier.class, Barriers::call);
        for (Class<?> atomic : List.of(
                AtomicInteger.class,
                AtomicLong.class,
                AtomicBoolean.class,
                AtomicReference.class,
                AtomicIntegerArray.class,
                AtomicLongArray.class,
                AtomicReferenceArray.class)) {
            known.put(atomic, Atomics::call);
        }
        known.put(SynchronousQueue.class, Handovers::call);
        known.put(LinkedTransferQueue.class, Models::refused);
        known.put(DelayQueue.class, Models::refused);
        known.put(BlockingQueue.class, Queues::call);
        known.put(Pool.class, Pool::call);
        known.put(Task.class, Task::call);
        known.put(CompletableFuture.class, Promises::call);
        known.put(Thread.Builder.class, Threads::callBuilder);
        known.put(ThreadFactory.class, Threads::callFactory);
        known.put(ThreadBuilder.class, Threads::callDescribed);
        known.put(PrintStream.class, Printing::call);
        known.put(TimeUnit.class, Pauses::call);
        known.put(Random.class, Chance::call);
        known.put(Runtime.class, Models::ofRuntime);
        return known;
    }

    private static @Nullable Object ofRuntime(Call call) throws Throwable {
        return switch (call.name()) {
            case "availableProcessors", "totalMemory", "maxMemory", "freeMemory" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    /// @param program  the loader of the classes that are woven
    public Models(ClassLoader program) {
        this.program = program;
        references = new StoredReferences(program, Library::isSeen);
    }

    @Override
    public @Nullable Object call(
            Execution execution, AccessSite site, AccessListener.Original original, @Nullable Object[] arguments)
            throws Throwable {
        for (Object argument : arguments) {
            execution.requireSeen(argument, site);
        }
        Object result = modelled(execution, site, original, arguments);
        execution.requireSeen(result, site);
        return result;
    }

    private @Nullable Object modelled(
            Execution execution, AccessSite site, AccessListener.Original original, @Nullable Object[] arguments)
            throws Throwable {
        Object receiver = original.hasReceiver() ? arguments[0] : null;
        Call call = new Call(execution, site, original, receiver, arguments);
        if (!original.hasReceiver()) {
            return statics.computeIfAbsent(site, s -> ofStatic(s.owner(), s.name()))
                    .call(call);
        }
        if (receiver == null) {
            return call.proceed(); // throws NullPointerException
        }
        if (site.owner().equals("java.lang.Object") && MonitorCalls.NAMES.contains(site.name())) {
            return MonitorCalls.call(call);
        }
        return families.computeIfAbsent(receiver.getClass(), this::of).call(call);
    }

    private Family of(Class<?> type) {
        if (Thread.class.isAssignableFrom(type)) {
            return Threads::call;
        }
        if (isProgram(type)) {
            return Models::ofProgram;
        }
        for (Map.Entry<Class<?>, Family> known : SYNCHRONISERS.entrySet()) {
            if (known.getKey().isAssignableFrom(type)) {
                return known.getValue();
            }
        }
        if (VarHandle.class.isAssignableFrom(type)) {
            return new Cells(program)::call;
        }
        if (Library.isSynchronized(type)) {
            return Unwoven::callSynchronized;
        }
        String name = type.getName();
        if (name.startsWith("java.util.concurrent.")) {
            return Library.isContainer(name) ? Unwoven::callAtomic : Models::refused;
        }
        return Library.waits(name) ? Models::refused : Unwoven::call;
    }

    /// Objects of woven classes come here only by methods that they inherit from classes that are not.
    private static @Nullable Object ofProgram(Call call) throws Throwable {
        Object receiver = Objects.requireNonNull(call.receiver());
        return receiver.getClass().isHidden()
                        || receiver instanceof Throwable
                        || call.site().owner().equals("java.lang.Object")
                ? call.proceed()
                : receiver instanceof Collection<?> || receiver instanceof Map<?, ?>
                        ? Unwoven.call(call)
                        : Library.unknown(call.site().owner()) ? refused(call) : call.proceed();
    }

    private boolean isProgram(Class<?> type) {
        return type.getClassLoader() == program;
    }

    private static @Nullable Object refused(Call call) {
        throw call.notModelled();
    }

    private static Family ofStatic(String owner, String name) {
        if (name.equals("<init>")) {
            return ofNew(owner);
        }
        return switch (owner) {
            case "java.lang.Thread" -> Threads::callStatic;
            case "java.lang.IO" -> Printing::call;
            case "threadbook.lab.Lab" -> LabCalls::call;
            case "java.lang.System" -> Time::callSystem;
            case "java.time.Instant" -> Time::callInstant;
            case "java.time.LocalDateTime",
                    "java.time.LocalDate",
                    "java.time.LocalTime",
                    "java.time.ZonedDateTime",
                    "java.time.OffsetDateTime",
                    "java.time.Clock" ->
                name.equals("now") || name.startsWith("system") ? Models::refused : Call::proceed;
            case "java.util.concurrent.locks.LockSupport" -> Parking::callStatic;
            case "java.util.concurrent.Executors" -> Pool::create;
            case "java.util.concurrent.CompletableFuture" -> Promises::callStatic;
            case "java.lang.Math" -> name.equals("random") ? Models::chance : Call::proceed;
            case "java.util.concurrent.TimeUnit" -> Call::proceed;
            case "java.util.Arrays" -> Arrays::call;
            case "java.lang.Runtime" -> name.equals("getRuntime") ? Call::proceed : Models::refused;
            case "java.util.concurrent.ConcurrentHashMap" -> Call::proceed; // newKeySet
            case "java.util.concurrent.ThreadLocalRandom" -> Models::chance;
            case "java.util.UUID" -> name.equals("randomUUID") ? Models::chance : Call::proceed;
            case "java.util.Collections" -> name.equals("shuffle") ? Models::chance : Models::onContents;
            default -> Library.unknown(owner) ? Models::refused : Call::proceed;
        };
    }

    /// `Collections.sort(list)` and its like call the list itself, which nobody sees.
    private static @Nullable Object onContents(Call call) throws Throwable {
        return switch (call.name()) {
            case "sort", "reverse", "swap", "fill", "addAll", "rotate", "max", "min", "frequency", "binarySearch" ->
                Unwoven.call(new Call(call.execution(), call.site(), call.original(), call.value(0), call.arguments()));
            case "unmodifiableList", "unmodifiableMap", "unmodifiableSet", "unmodifiableCollection" ->
                throw call.notModelled();
            default -> call.proceed();
        };
    }

    private static @Nullable Object chance(Call call) {
        throw Chance.refusal(call);
    }

    private static Family ofNew(String owner) {
        return switch (owner) {
            case "java.util.concurrent.CyclicBarrier" -> Barriers::create;
            case "java.util.concurrent.CompletableFuture" -> Promises::callStatic;
            case "java.util.Random" -> Chance::create;
            case "java.security.SecureRandom", "java.util.SplittableRandom" -> Models::chance;
            default -> refusedNew(owner) ? Models::refused : Call::proceed;
        };
    }

    private static boolean refusedNew(String owner) {
        if (Library.waits(owner)) {
            return true;
        }
        if (!owner.startsWith("java.util.concurrent.") || owner.endsWith("Exception")) {
            return false;
        }
        return !Library.isContainer(owner)
                && SYNCHRONISERS.keySet().stream()
                        .noneMatch(type -> type.getName().equals(owner) || isQueue(type, owner));
    }

    private static boolean isQueue(Class<?> type, String owner) {
        return type == BlockingQueue.class && QUEUES.contains(owner);
    }

    @Override
    public boolean hides(AccessSite reference) {
        return Library.isSeen(reference.owner());
    }

    @Override
    public void clones(Execution execution, AccessSite site, Object array) {
        Arrays.cloned(execution, site, array);
    }

    @Override
    public Optional<String> hidden(@Nullable Object object) {
        return references.in(object);
    }

    /// {@return the method reference that an object captures, whose calls nobody would see}
    ///
    /// @param lambda  of the program
    public static Optional<String> hiddenIn(Object lambda) {
        ClassLoader loader = lambda.getClass().getClassLoader();
        return loader == null ? Optional.empty() : new StoredReferences(loader, Library::isSeen).in(lambda);
    }
}
