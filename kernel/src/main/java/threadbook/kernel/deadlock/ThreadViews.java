package threadbook.kernel.deadlock;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.stream.Stream;

/// Looks at threads, platform and virtual alike, through the JDK's own `ThreadSnapshot`.
///
/// An internal door of the JDK: needs `--add-opens` of `java.base/jdk.internal.vm` and
/// `java.base/java.util.concurrent.locks`. The public `ThreadMXBean` does not see virtual threads, and
/// the public JSON dump of JDK 25 does not name the owner of a `java.util.concurrent` lock.
///
/// One look at a thread stops that thread for some microseconds; two threads are not seen at the same
/// instant, so a ring counts only when a second look shows it again ([DeadlockWatch]).
final class ThreadViews {
    private final MethodHandle of;
    private final MethodHandle stackTrace;
    private final MethodHandle threadState;
    private final MethodHandle parkBlocker;
    private final MethodHandle blockedOn;
    private final MethodHandle ownsMonitors;
    private final MethodHandle ownedMonitorsAt;
    private final MethodHandle exclusiveOwner;
    private final MethodHandle root;
    private final MethodHandle threads;
    private final MethodHandle children;

    private ThreadViews() throws ReflectiveOperationException {
        var lookup = MethodHandles.lookup();
        Class<?> snapshot = Class.forName("jdk.internal.vm.ThreadSnapshot");
        Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
        Class<?> containers = Class.forName("jdk.internal.vm.ThreadContainers");
        var inside = MethodHandles.privateLookupIn(snapshot, lookup);
        of = inside.findStatic(snapshot, "of", MethodType.methodType(snapshot, Thread.class))
                .asType(MethodType.methodType(Object.class, Thread.class));
        stackTrace = inside.findVirtual(snapshot, "stackTrace", MethodType.methodType(StackTraceElement[].class));
        threadState = inside.findVirtual(snapshot, "threadState", MethodType.methodType(Thread.State.class));
        parkBlocker = inside.findVirtual(snapshot, "parkBlocker", MethodType.methodType(Object.class));
        blockedOn = inside.findVirtual(snapshot, "blockedOn", MethodType.methodType(Object.class));
        ownsMonitors = inside.findVirtual(snapshot, "ownsMonitors", MethodType.methodType(boolean.class));
        ownedMonitorsAt =
                inside.findVirtual(snapshot, "ownedMonitorsAt", MethodType.methodType(Stream.class, int.class));
        exclusiveOwner = MethodHandles.privateLookupIn(AbstractOwnableSynchronizer.class, lookup)
                .findVirtual(
                        AbstractOwnableSynchronizer.class,
                        "getExclusiveOwnerThread",
                        MethodType.methodType(Thread.class));
        root = inside.findStatic(containers, "root", MethodType.methodType(container));
        threads = inside.findVirtual(container, "threads", MethodType.methodType(Stream.class));
        children = inside.findVirtual(container, "children", MethodType.methodType(Stream.class));
    }

    /// The one door of the process, opened when first asked for.
    private static final class Door {
        static final Optional<ThreadViews> ONE = tryOpen();
    }

    /// {@return the door, or empty where this JDK does not have it or does not let us in}
    static Optional<ThreadViews> open() {
        return Door.ONE;
    }

    private static Optional<ThreadViews> tryOpen() {
        try {
            var views = new ThreadViews();
            views.all();
            views.of(Thread.currentThread());
            return Optional.of(views);
        } catch (ReflectiveOperationException | IllegalStateException _) {
            return Optional.empty(); // named in %about as "not available"; the watch is then off
        }
    }

    /// {@return every live thread of this process, virtual threads included}
    List<Thread> all() {
        var found = new ArrayList<Thread>();
        collect(call(root), found);
        return found;
    }

    private void collect(Object container, List<Thread> found) {
        ((Stream<?>) call(threads, container)).forEach(thread -> found.add((Thread) thread));
        ((Stream<?>) call(children, container)).forEach(child -> collect(child, found));
    }

    /// {@return the thread as it is now, or empty if it has ended}
    Optional<ThreadView> of(Thread thread) {
        Object snapshot = callOrNull(of, thread);
        if (snapshot == null) {
            return Optional.empty();
        }
        var stack = List.of((StackTraceElement[]) call(stackTrace, snapshot));
        Optional<Object> monitor = call(threadState, snapshot) == Thread.State.BLOCKED
                ? Optional.ofNullable(callOrNull(blockedOn, snapshot))
                : Optional.empty();
        Object blocker = callOrNull(parkBlocker, snapshot);
        Optional<Object> waitsFor = monitor.isPresent()
                ? monitor
                : blocker instanceof AbstractOwnableSynchronizer ? Optional.of(blocker) : Optional.empty();
        Optional<Thread> owner = blocker instanceof AbstractOwnableSynchronizer
                ? Optional.ofNullable((Thread) callOrNull(exclusiveOwner, blocker))
                : Optional.empty();
        return Optional.of(new ThreadView(thread, stack, waitsFor, owner, monitors(snapshot, stack.size())));
    }

    /// {@return the thread that holds a synchroniser of `java.util.concurrent` now}
    Optional<Thread> owner(AbstractOwnableSynchronizer synchroniser) {
        return Optional.ofNullable((Thread) callOrNull(exclusiveOwner, synchroniser));
    }

    private List<ThreadView.HeldMonitor> monitors(Object snapshot, int depth) {
        if (!(boolean) call(ownsMonitors, snapshot)) {
            return List.of();
        }
        var held = new ArrayList<ThreadView.HeldMonitor>();
        for (int frame = 0; frame < depth; frame++) {
            int at = frame;
            ((Stream<?>) call(ownedMonitorsAt, snapshot, frame))
                    .forEach(monitor -> held.add(new ThreadView.HeldMonitor(monitor, at)));
        }
        return held;
    }

    private static Object call(MethodHandle handle, Object... arguments) {
        Object result = callOrNull(handle, arguments);
        if (result == null) {
            throw new IllegalStateException(handle + " gave null, expected a value; report the JDK's version");
        }
        return result;
    }

    private static @org.jspecify.annotations.Nullable Object callOrNull(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what a method handle is declared to throw; none of ours throws a checked exception
            throw new IllegalStateException(handle + " failed", e);
        }
    }
}
