package threadbook.runtime;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/// What code calls that is woven to run under a global lock: where it is entered from elsewhere, and around calls
/// that wait.
///
/// All threads pass here; only those that the lock is for take it. A thread that is to stop while it waits for the lock
/// goes on without it, by [CellStopped]: so nothing here expects to have it.
public final class LockedCode {
    /// Calls of native code that works on fewer bytes keep the lock: `HASHLIB_GIL_MINSIZE` of CPython.
    private static final int LARGE = 2048;

    private static final MethodHandle RELEASE = own("release", MethodType.methodType(InterpreterLock.class));
    private static final MethodHandle RETAKE = own("retake", MethodType.methodType(void.class, InterpreterLock.class));
    private static final MethodHandle IS_LARGE = own("isLarge", MethodType.methodType(boolean.class, byte[].class));
    private static final MethodHandle IS_PARALLEL =
            own("isParallel", MethodType.methodType(boolean.class, Object.class));

    private record Rule(InterpreterLock lock, BooleanSupplier holds) {}

    private static volatile @Nullable Rule rule; // any woven thread reads it

    private LockedCode() {}

    /// From now on the threads for which this holds run woven code under the lock.
    ///
    /// @param currentThread  whether the calling thread is one of them
    public static void begin(InterpreterLock lock, BooleanSupplier currentThread) {
        rule = new Rule(lock, currentThread);
    }

    /// No thread takes the lock any more. Who has it drops it as always.
    public static void end() {
        rule = null;
    }

    /// Woven code is entered from elsewhere.
    ///
    /// @return the lock if it was taken here and is to be dropped at the end; null otherwise
    public static @Nullable InterpreterLock enter() {
        Rule now = rule;
        if (now == null || now.lock.isMine() || !now.holds.getAsBoolean()) {
            return null;
        }
        now.lock.take();
        return now.lock;
    }

    /// Woven code that was entered from elsewhere is left.
    ///
    /// @param taken  what [#enter] returned
    public static void leave(@Nullable InterpreterLock taken) {
        if (taken != null && taken.isMine()) {
            taken.drop();
        }
    }

    /// Something that may wait follows.
    ///
    /// @return the lock if it was dropped and is to be taken again; null otherwise
    public static @Nullable InterpreterLock release() {
        Rule now = rule;
        if (now == null || !now.lock.isMine()) {
            return null;
        }
        now.lock.drop();
        return now.lock;
    }

    /// What may wait has ended.
    ///
    /// @param dropped  what [#release] returned
    public static void retake(@Nullable InterpreterLock dropped) {
        if (dropped != null && !dropped.isMine()) {
            dropped.take();
        }
    }

    /// What the JVM calls for each `invokedynamic` that stands in the place of a call that may wait.
    ///
    /// @param when      `always`; `large` if the lock is to be dropped only where the first `byte[]` among the
    ///                  arguments is large; `parallel` if only where the receiver is a parallel stream
    /// @param original  what is called
    @SuppressWarnings("unused") // the signature of a bootstrap method
    public static CallSite bootstrap(MethodHandles.Lookup caller, String when, MethodType type, MethodHandle original) {
        MethodHandle call = original.asFixedArity().asType(type);
        return new ConstantCallSite(
                switch (when) {
                    case "large" ->
                        MethodHandles.guardWithTest(onFirst(byte[].class, IS_LARGE, type), around(call), call);
                    case "parallel" ->
                        MethodHandles.guardWithTest(
                                IS_PARALLEL.asType(MethodType.methodType(boolean.class, type.parameterType(0))),
                                around(call),
                                call);
                    default -> around(call);
                });
    }

    /// {@return a question about the first argument of that type}
    private static MethodHandle onFirst(Class<?> argument, MethodHandle question, MethodType type) {
        return MethodHandles.permuteArguments(
                question,
                type.changeReturnType(boolean.class),
                type.parameterList().indexOf(argument));
    }

    private static MethodHandle around(MethodHandle call) {
        Class<?> returned = call.type().returnType();
        MethodHandle then = RETAKE;
        if (returned != void.class) {
            then = MethodHandles.foldArguments(
                    MethodHandles.dropArguments(MethodHandles.identity(returned), 1, InterpreterLock.class),
                    MethodHandles.dropArguments(RETAKE, 0, returned));
        }
        MethodHandle cleanup = MethodHandles.dropArguments(then, 0, Throwable.class);
        MethodHandle whole =
                MethodHandles.tryFinally(MethodHandles.dropArguments(call, 0, InterpreterLock.class), cleanup);
        return MethodHandles.foldArguments(whole, RELEASE);
    }

    private static boolean isLarge(byte @Nullable [] bytes) {
        return bytes != null && bytes.length >= LARGE;
    }

    private static boolean isParallel(Object stream) {
        return stream instanceof BaseStream<?, ?> one && one.isParallel();
    }

    private static MethodHandle own(String method, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(LockedCode.class, method, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
