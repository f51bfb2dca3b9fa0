package threadbook.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What Linux knows of processes and the JDK does not ask: reached through the foreign-function interface.
///
/// Elsewhere each method says that it cannot, and the caller has a slower way.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open</a>
/// @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html">PR_SET_CHILD_SUBREAPER</a>
final class Processes {
    private static final long PIDFD_OPEN = 434; // the number of the system call, the same on all processors
    private static final short POLLIN = 1;
    private static final int AT_ONCE = 0;
    private static final long LOOK = Duration.ofMillis(100).toNanos();
    private static final int SUBREAPER = 36;

    private Processes() {}

    /// Waits for the end of a process, also of one that nobody buries. Looks ten times a second, and does not wait in
    /// `poll`: at its end the JVM waits 300 ms for a thread that is in native code.
    ///
    /// @return false if that cannot be known here
    static boolean awaitEnd(long process) {
        if (!linux()) {
            return false;
        }
        MethodHandle open = function("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
        MethodHandle poll = function("poll", -1, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = Math.toIntExact((long) open.invokeExact(PIDFD_OPEN, process, 0));
            if (descriptor < 0) {
                return false; // an old kernel, or a container that forbids the call
            }
            MemorySegment question = arena.allocate(8, 4); // struct pollfd
            question.set(JAVA_INT, 0, descriptor);
            question.set(JAVA_SHORT, 4, POLLIN);
            while ((int) poll.invokeExact(question, 1L, AT_ONCE) <= 0) { // a signal ends the call early
                LockSupport.parkNanos(LOOK);
            }
            return true;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what invokeExact is declared to throw
            throw new IllegalStateException("poll could not be called", e);
        }
    }

    /// Makes this process the parent of those that its children leave behind, so that [#endOthers] finds
    /// them.
    static void adoptOrphans() {
        if (linux()) {
            MethodHandle control = function("prctl", 1, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            try {
                int _ = (int) control.invokeExact(SUBREAPER, 1L, 0L, 0L, 0L); // where it fails, orphans are not found
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) { // what invokeExact is declared to throw
                throw new IllegalStateException("prctl could not be called", e);
            }
        }
    }

    /// Ends every process that this one has started, directly or through others, at once.
    static void endOthers() {
        try (Stream<ProcessHandle> started = ProcessHandle.current().descendants()) {
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean linux() {
        return System.getProperty("os.name").equals("Linux");
    }

    /// @param fixed  how many arguments come before the variable ones, -1 for a function without those
    private static MethodHandle function(String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options =
                fixed < 0 ? new Linker.Option[0] : new Linker.Option[] {Linker.Option.firstVariadicArg(fixed)};
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), options);
    }
}
