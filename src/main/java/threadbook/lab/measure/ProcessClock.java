package threadbook.lab.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;

/// The time that all threads of this process together have spent on cores, those that ended
/// included.
///
/// Asks Linux's `clock_gettime`, which counts nanoseconds; the JVM's own answer counts in steps of
/// 10 ms, half of the runs that are measured here.
final class ProcessClock {

    private static final int CLOCK_PROCESS_CPUTIME_ID = 2; // <time.h> of Linux

    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().find("clock_gettime").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private ProcessClock() {}

    /// {@return nanoseconds since the process started}; only on Linux
    static long cpuNanos() {
        try (var arena = Arena.ofConfined()) {
            var timespec = arena.allocate(ValueLayout.JAVA_LONG, 2);
            int failed = (int) CLOCK_GETTIME.invokeExact(CLOCK_PROCESS_CPUTIME_ID, timespec);
            if (failed == 0) {
                return timespec.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
                        + timespec.getAtIndex(ValueLayout.JAVA_LONG, 1);
            }
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getProcessCpuTime();
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable impossible) {
            throw new AssertionError("clock_gettime throws nothing", impossible);
        }
    }
}
