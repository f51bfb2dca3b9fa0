package threadbook.lab.measure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import jdk.management.VirtualThreadSchedulerMXBean;
import threadbook.lab.measure.SpeedupMeasurement.Plan;
import threadbook.lab.thread.Parallel;
import threadbook.lab.thread.WaitInterruptedException;

/// What the measurements of a notebook were made on.
///
/// ```java
/// machine().effectiveCores()      // 1.96 (1.93–1.98), or why it could not be measured
/// ```
///
/// @param cores               cores that this JVM may use; the hyper-threads of a core count each
/// @param hostCores           cores of the machine, which a container may see more of than it may
///                            use
/// @param effectiveCores      how many times the work of one core all cores do at the same time;
///                            less than `cores` where hyper-threads share a core or the clock
///                            slows down
/// @param otherPrograms       cores that other programs used while that was measured, on average
/// @param java                name and version of the JVM
/// @param system              name, version and architecture of the operating system
/// @param commonPool          threads of the common pool, which parallel streams use besides the
///                            caller
/// @param virtualThreads      cores that virtual threads run on
public record MachineCard(
        int cores,
        int hostCores,
        Verdict effectiveCores,
        double otherPrograms,
        String java,
        String system,
        int commonPool,
        int virtualThreads) {

    private static final Plan QUICK = new Plan(
            Duration.ofMillis(100), 3, Duration.ofMillis(300), Duration.ofMillis(1500), 9, Duration.ofMillis(20));

    /// Looks at this machine; takes one to two seconds, in which it keeps all cores busy.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public static MachineCard ofThisMachine() {
        int cores = Runtime.getRuntime().availableProcessors();
        var burner = Burner.calibrated();
        var witness = CoreWitness.ofThisSystem();
        var watch = witness.begin();
        // Each of the workers burns as much as the one did: ideal is the same time, so the ratio is 1.
        var points = new SpeedupMeasurement(QUICK)
                .measure(workers -> Parallel.run(workers, _ -> burner.burn(20)), List.of(cores));
        double others = watch.end().others();
        return new MachineCard(
                cores,
                witness.cores(),
                times(points.getLast().verdict(), cores),
                others,
                "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
                "%s %s, %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                ForkJoinPool.getCommonPoolParallelism(),
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)
                        .getParallelism());
    }

    private static Verdict times(Verdict verdict, int cores) {
        return switch (verdict) {
            case Verdict.Measured(var ratio) -> new Verdict.Measured(ratio.times(cores));
            case Verdict.TooNoisy noisy -> noisy;
            case Verdict.TooSlow slow -> slow;
        };
    }

    private TextTable text() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("cores", hostCores == cores ? "" + cores : "%d of %d".formatted(cores, hostCores)));
        rows.add(List.of("effective cores", effectiveCores.toString()));
        rows.add(List.of("other programs", String.format(Locale.ROOT, "%.1f cores", otherPrograms)));
        rows.add(List.of("Java", java));
        rows.add(List.of("system", system));
        rows.add(List.of("common pool", commonPool + (commonPool == 1 ? " thread" : " threads")));
        rows.add(List.of("virtual threads run on", virtualThreads + (virtualThreads == 1 ? " core" : " cores")));
        return new TextTable(List.of("this machine", ""), rows, List.of());
    }

    /// {@return the card as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", text().html(), "text/plain", toString());
    }

    @Override
    public String toString() {
        return text().text();
    }
}
