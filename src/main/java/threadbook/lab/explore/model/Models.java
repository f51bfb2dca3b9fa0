package threadbook.lab.explore.model;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Engine;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// Which family a call belongs to.
public final class Models implements Engine.Calls {
    private final ClassLoader program;
    private final Map<Class<?>, Family> families = new HashMap<>();
    private final Map<AccessSite, Family> statics = new IdentityHashMap<>();

    /// @param program  the loader of the classes that are woven
    public Models(ClassLoader program) {
        this.program = program;
    }

    @Override
    public @Nullable Object call(
            Engine engine, AccessSite site, AccessListener.Original original, @Nullable Object[] arguments)
            throws Throwable {
        Object receiver = original.hasReceiver() ? arguments[0] : null;
        Call call = new Call(engine, site, original, receiver, arguments);
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
        if (type.getClassLoader() == program) {
            return Call::proceed; // woven itself
        }
        if (ReentrantLock.class.isAssignableFrom(type)) {
            return Locks::call;
        }
        if (Condition.class.isAssignableFrom(type)) {
            return Locks::callCondition;
        }
        if (Semaphore.class.isAssignableFrom(type)) {
            return Semaphores::call;
        }
        if (CountDownLatch.class.isAssignableFrom(type)) {
            return Latches::call;
        }
        if (type == AtomicInteger.class
                || type == AtomicLong.class
                || type == AtomicBoolean.class
                || type == AtomicReference.class) {
            return Atomics::call;
        }
        if (java.io.PrintStream.class.isAssignableFrom(type)) {
            return Printing::call;
        }
        if (type == TimeUnit.class) {
            return Pauses::call;
        }
        return Unwoven::call;
    }

    private static Family ofStatic(String owner, String name) {
        if (name.equals("<init>")) {
            return Call::proceed;
        }
        return switch (owner) {
            case "java.lang.Thread" -> Threads::callStatic;
            case "java.lang.IO" -> Printing::call;
            case "threadbook.lab.Lab" -> LabCalls::call;
            default -> Unwoven::call;
        };
    }
}
