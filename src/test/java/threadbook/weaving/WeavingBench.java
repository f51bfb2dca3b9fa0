package threadbook.weaving;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import threadbook.lab.measure.Estimate;

/// How much processor time woven code takes, as a ratio to the same code not woven.
///
/// Each pair of runs is made one right after the other, in an order that turns; several processes, because
/// the JIT may decide otherwise in each. Prints a table; the exit status is 1 if for some loop the upper end
/// of the 95 % interval of the median ratio is not below the bound.
public final class WeavingBench {
    private static final double BOUND = 1.05;
    private static final int PROCESSES = Integer.getInteger("processes", 4);
    private static final int PAIRS = Integer.getInteger("pairs", 15);
    private static final int WARM_UP = 12;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WeavingBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            measure();
            return;
        }
        var ratios = new LinkedHashMap<String, List<Double>>();
        for (int i = 0; i < PROCESSES; i++) {
            child(ratios);
        }
        System.exit(print(ratios) ? 0 : 1);
    }

    /// Prints a line `loop, tab, ratio` for each pair.
    private static void measure() throws ReflectiveOperationException {
        Map<String, LongSupplier> woven = loops(WovenLoader.of(Loops.class.getName()));
        Map<String, LongSupplier> plain = loops(new PlainLoader());
        var sink = new HashMap<String, Long>();
        for (String name : woven.keySet()) {
            LongSupplier one = woven.get(name);
            LongSupplier other = plain.get(name);
            for (int i = 0; i < WARM_UP; i++) {
                time(one);
                time(other);
            }
            for (int i = 0; i < PAIRS; i++) {
                boolean first = i % 2 == 0;
                long a = time(first ? one : other);
                long b = time(first ? other : one);
                System.out.printf(Locale.ROOT, "%s\t%f%n", name, first ? (double) a / b : (double) b / a);
            }
            sink.put(name, one.getAsLong() ^ other.getAsLong());
        }
        System.err.println(sink.size());
    }

    private static long time(LongSupplier loop) {
        long start = THREADS.getCurrentThreadCpuTime();
        loop.getAsLong();
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, LongSupplier> loops(ClassLoader loader) throws ReflectiveOperationException {
        Field all = loader.loadClass(Loops.class.getName()).getDeclaredField("ALL");
        all.setAccessible(true);
        return (Map<String, LongSupplier>) all.get(null);
    }

    private static void child(Map<String, List<Double>> ratios) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WeavingBench.class.getName(), "child"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .map(line -> line.split("\t"))
                    .forEach(line -> ratios.computeIfAbsent(line[0], _ -> new ArrayList<>())
                            .add(Double.parseDouble(line[1])));
        }
        if (process.waitFor() != 0) {
            throw new IOException("%s ended with %d".formatted(command, process.exitValue()));
        }
    }

    private static boolean print(Map<String, List<Double>> ratios) {
        System.out.printf("%-24s %8s   %s%n", "woven / not woven", "median", "95 % interval");
        boolean good = true;
        for (var entry : ratios.entrySet()) {
            Estimate ratio = Estimate.ofMedian(entry.getValue());
            boolean within = ratio.interval().high() < BOUND;
            good &= within;
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.3f   %.3f to %.3f%s%n",
                    entry.getKey(),
                    ratio.median(),
                    ratio.interval().low(),
                    ratio.interval().high(),
                    within ? "" : "   NOT BELOW " + BOUND);
        }
        System.out.printf(
                Locale.ROOT,
                "Thread CPU time of %d pairs in each of %d processes; load %.1f at the end.%n",
                PAIRS,
                PROCESSES,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return good;
    }

    /// Loads the loops as they are, in a loader of their own as the woven ones.
    private static final class PlainLoader extends ClassLoader {
        private final WovenLoader source = WovenLoader.of(Loops.class.getName());

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (findLoadedClass(name) == null && name.startsWith(Loops.class.getName())) {
                    byte[] bytes = source.bytes(name);
                    return defineClass(name, bytes, 0, bytes.length);
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
