package threadbook.lab.measure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import threadbook.lab.thread.CoreTime;
import threadbook.lab.thread.ThreadLedger;

/// Sees the scheduler's own books on Linux, to the microsecond.
///
/// **Waits of this process.** The measured body starts whatever threads it likes, and the system
/// forgets a thread's times when it ends. So there are three sources, and the processor time tells
/// which to trust:
///
/// 1. Threads of this library enter their times in the [ThreadLedger] as they end. If they and the
///    calling thread make up 80 % of what the process used, they are the workers, and their waits
///    are the answer.
/// 2. Otherwise threads that live before and after, such as those of a pool: the growth of all
///    `/proc/self/task/TID/schedstat` is added, if that reaches the 80 %. This counts the waits of
///    the JVM's compilers too.
/// 3. Otherwise the body ran on threads of its own that are gone, and the waits are not known.
///    What is left is the pressure on the whole machine (`/proc/pressure/cpu`): the share of time
///    in which some thread, of whichever program, waited. It rejects good rounds rather than
///    accepting bad ones.
///
/// **Other programs.** Busy time of all cores in `/proc/stat` (with the time that a hypervisor
/// took away) minus the process's own; in steps of 10 ms, so only useful over some 100 ms.
///
/// @see <a href="https://docs.kernel.org/accounting/psi.html">Pressure stall information</a>
final class LinuxWitness implements CoreWitness {

    private static final double COVERED = 0.8;
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final double NANOS_PER_TICK = 1e7; // USER_HZ is 100 on every architecture that runs a JVM

    private final int cores;

    private LinuxWitness(int cores) {
        this.cores = cores;
    }

    /// {@return the witness, if this is a Linux that counts waits}
    static Optional<CoreWitness> ifSupported() {
        // A system that has the file but counts nothing shows zeros; a thread that reads it has run.
        boolean counts =
                CoreTime.ofCurrentThread().filter(time -> time.running() > 0).isPresent();
        return counts ? Stat.read().map(stat -> new LinuxWitness(stat.cores())) : Optional.empty();
    }

    @Override
    public int cores() {
        return cores;
    }

    @Override
    public Watch begin() {
        var ledger = ThreadLedger.open();
        var stat = Stat.read();
        var pressure = pressure();
        var tasks = tasks();
        var self = CoreTime.ofCurrentThread().orElse(CoreTime.NONE);
        long cpu = ProcessClock.cpuNanos();
        long wall = System.nanoTime();
        return () -> {
            double passed = Math.max(1, System.nanoTime() - wall);
            long own = ProcessClock.cpuNanos() - cpu;
            ledger.close();
            var caller = CoreTime.ofCurrentThread().orElse(self).minus(self);
            var known = List.of(ledger.ended().plus(caller), ledger.ended().plus(growth(tasks, tasks())));
            double busy =
                    Stat.read().orElseThrow().busyNanos() - stat.orElseThrow().busyNanos();
            return new Usage(
                    own / passed,
                    Math.clamp((busy - own) / passed, 0, cores),
                    waiting(known, own).stream().map(nanos -> nanos / passed).findFirst(),
                    growth(pressure, pressure(), passed));
        };
    }

    // Threads that are new in the second reading are left out: one of ours may stand in the ledger already.
    static CoreTime growth(Map<String, CoreTime> before, Map<String, CoreTime> after) {
        return after.entrySet().stream()
                .filter(task -> before.containsKey(task.getKey()))
                .map(task -> task.getValue().minus(before.getOrDefault(task.getKey(), CoreTime.NONE)))
                .reduce(CoreTime.NONE, CoreTime::plus);
    }

    // The waits of the first group of threads that makes up most of the time that the process used.
    static OptionalDouble waiting(List<CoreTime> groups, long used) {
        return groups.stream()
                .filter(group -> group.running() >= COVERED * used - SLACK_NANOS)
                .mapToDouble(CoreTime::waiting)
                .findFirst();
    }

    private static OptionalDouble growth(OptionalDouble before, OptionalDouble after, double passed) {
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of((after.getAsDouble() - before.getAsDouble()) / passed)
                : OptionalDouble.empty();
    }

    private static Map<String, CoreTime> tasks() {
        var times = new HashMap<String, CoreTime>();
        String[] ids = new File("/proc/self/task").list();
        if (ids != null) {
            for (String id : ids) {
                CoreTime.of("/proc/self/task/" + id + "/schedstat").ifPresent(time -> times.put(id, time));
            }
        }
        return times;
    }

    // Nanoseconds in which some thread waited, since the system started; empty if it is not counted.
    private static OptionalDouble pressure() {
        try {
            return parsePressure(Files.readString(Path.of("/proc/pressure/cpu")));
        } catch (IOException _) { // an older kernel, or pressure accounting switched off
            return OptionalDouble.empty();
        }
    }

    static OptionalDouble parsePressure(String text) {
        return text.lines()
                .filter(line -> line.startsWith("some "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf('=') + 1)) * 1000)
                .findFirst();
    }

    /// The first lines of `/proc/stat`.
    ///
    /// @param cores      cores of the machine
    /// @param busyNanos  time that they were busy, summed, since the system started
    record Stat(int cores, double busyNanos) {

        static Optional<Stat> read() {
            try {
                return Optional.of(parse(Files.readAllLines(Path.of("/proc/stat"))));
            } catch (IOException _) { // not Linux
                return Optional.empty();
            }
        }

        static Stat parse(List<String> lines) {
            String[] fields = lines.getFirst().trim().split("\\s+", -1);
            // cpu user nice system idle iowait irq softirq steal: everything but idle and iowait
            double ticks = 0;
            for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
                ticks += Double.parseDouble(fields[field]);
            }
            long cores =
                    lines.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
            return new Stat(Math.toIntExact(cores), ticks * NANOS_PER_TICK);
        }
    }
}
