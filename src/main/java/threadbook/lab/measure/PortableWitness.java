package threadbook.lab.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/// Sees what every system tells a JVM: the load of all cores and the processor time of this
/// process.
///
/// Coarser than [LinuxWitness]: steps of 10 ms and more, and no waits. Read from the MXBean of the
/// operating system, which answers on Linux, macOS and Windows.
final class PortableWitness implements CoreWitness {

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public int cores() {
        return system.getAvailableProcessors();
    }

    @Override
    public Watch begin() {
        double unused = system.getCpuLoad(); // the next call answers for the time since this one
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        return () -> {
            double passed = Math.max(1, System.nanoTime() - wall);
            double own = Math.max(0, (system.getProcessCpuTime() - cpu) / passed);
            double load = Math.max(0, system.getCpuLoad()); // negative: not known
            return new Usage(own, Math.max(0, load * cores() - own), OptionalDouble.empty(), OptionalDouble.empty());
        };
    }
}
