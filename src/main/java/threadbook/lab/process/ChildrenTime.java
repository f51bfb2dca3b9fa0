package threadbook.lab.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/// The time that processes which this one has started, and which have ended, spent on cores.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage</a>
final class ChildrenTime {
    private static final int RUSAGE_CHILDREN = -1;
    private static final int LONGS = 18; // struct rusage of 64-bit Linux: two timevals and 14 numbers
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private ChildrenTime() {}

    private static final class Native {
        static final MethodHandle GETRUSAGE = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    /// {@return all of it since this process began}; empty where the system is not Linux
    static Optional<Duration> soFar() {
        if (!LINUX) {
            return Optional.empty();
        }
        try (var arena = Arena.ofConfined()) {
            var usage = arena.allocate(ValueLayout.JAVA_LONG, LONGS);
            if ((int) Native.GETRUSAGE.invokeExact(RUSAGE_CHILDREN, usage) != 0) {
                throw new IOException("getrusage refused");
            }
            long seconds = usage.getAtIndex(ValueLayout.JAVA_LONG, 0) + usage.getAtIndex(ValueLayout.JAVA_LONG, 2);
            long micros = usage.getAtIndex(ValueLayout.JAVA_LONG, 1) + usage.getAtIndex(ValueLayout.JAVA_LONG, 3);
            return Optional.of(Duration.ofSeconds(seconds).plusNanos(1000 * micros));
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable refused) {
            return Optional.empty();
        }
    }
}
