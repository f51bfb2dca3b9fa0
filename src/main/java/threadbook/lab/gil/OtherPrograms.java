package threadbook.lab.gil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import threadbook.lab.thread.WaitInterruptedException;

/// How many cores other programs keep busy while this one does nothing: on Linux from `/proc/stat`, elsewhere it
/// cannot be told.
final class OtherPrograms {
    private static final Path STAT = Path.of("/proc/stat");
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final double TICKS = 100; // in a second
    private static final double DISTURBING = 0.25; // cores

    private OtherPrograms() {}

    /// {@return a sentence if other programs are busy}; looks for 300 ms, in which the calling thread sleeps
    ///
    /// @throws WaitInterruptedException  if the thread is interrupted
    static Optional<String> disturbing() {
        OptionalLong before = busy();
        try {
            Thread.sleep(GLANCE);
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("cpython");
        }
        OptionalLong after = busy();
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        double cores = (after.getAsLong() - before.getAsLong()) / TICKS / (GLANCE.toMillis() / 1e3);
        return cores > DISTURBING
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Other programs used %.1f of %d cores: speedups may be too small and waits too long.",
                        cores,
                        Runtime.getRuntime().availableProcessors()))
                : Optional.empty();
    }

    /// {@return ticks in which a core worked, since the system was started}: user, nice, system
    private static OptionalLong busy() {
        try (Stream<String> lines = Files.lines(STAT)) {
            String[] fields = lines.findFirst().orElse("").split("\\s+");
            return fields.length < 4
                    ? OptionalLong.empty()
                    : OptionalLong.of(LongStream.of(
                                    Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3]))
                            .sum());
        } catch (IOException _) { // not Linux
            return OptionalLong.empty();
        }
    }
}
