package threadbook.lab.explore.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/// Makes virtual threads that an executor of ours runs, one step after the other.
///
/// The JDK has no public way to choose the scheduler of a virtual thread; this opens its constructor
/// (JDK 25), which needs `--add-opens java.base/java.lang=ALL-UNNAMED`.
final class VirtualThreads {
    private static final MethodHandle CONSTRUCTOR = constructor();

    private VirtualThreads() {}

    /// {@return a virtual thread that is not started yet}
    ///
    /// @param scheduler  gets what runs the thread until it next waits; runs it on a platform thread
    static Thread unstarted(Executor scheduler, String name, Runnable body) {
        try {
            return (Thread) CONSTRUCTOR.invoke(scheduler, name, 0, body);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a virtual thread with a scheduler of ours cannot be made", e);
        }
    }

    private static MethodHandle constructor() {
        try {
            Class<?> type = Class.forName("java.lang.VirtualThread");
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(
                            type,
                            MethodType.methodType(void.class, Executor.class, String.class, int.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException("""
                    Exploring needs the constructor of virtual threads as JDK 25 has it, found %s.
                    Start the JVM with --add-opens=java.base/java.lang=ALL-UNNAMED.""".formatted(System.getProperty("java.version")), e);
        }
    }
}
