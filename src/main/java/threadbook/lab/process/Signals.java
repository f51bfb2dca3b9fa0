package threadbook.lab.process;

import java.util.Map;
import java.util.Optional;

/// The signals by which the system ends processes, by their numbers, which these have on every Linux and macOS.
final class Signals {
    /// What the JDK adds to a signal's number to make an exit code of it, as shells do.
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"));

    private Signals() {}

    /// {@return the signal that an exit code stands for}, empty for any other exit code
    ///
    /// A program that itself ends with, say, 137 looks the same.
    static Optional<String> of(int exit) {
        return Optional.ofNullable(NAMES.get(exit - SIGNALLED));
    }

    /// {@return the exit code in words}: `exit code 0`, `ended by SIGKILL (exit code 137)`
    static String words(int exit) {
        return of(exit).map(name -> "ended by %s (exit code %d)".formatted(name, exit))
                .orElse("exit code " + exit);
    }
}
