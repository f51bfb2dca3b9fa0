package threadbook.lab.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import threadbook.lab.figure.Html;

/// A program that was run and has ended.
///
/// ```java
/// var r = run("java", "-version");
/// r.exit()                        // 0
/// ```
///
/// @param command    the program and its arguments
/// @param pid        the id that the process had
/// @param exit       its exit code; 128 and the signal's number if a signal ended it
/// @param timedOut   whether it was ended because its time was over
/// @param out        what it wrote to standard output, as UTF-8; of more than 16 MB only the beginning
///                   and the end, with a line that says how much was left out
/// @param err        the same of standard error
/// @param outBytes   how many bytes it wrote to standard output
/// @param errBytes   how many bytes it wrote to standard error
/// @param wall       from the start of the process to its end
/// @param cpu        the time that the processes which ended meanwhile spent on cores: those of this command,
///                   and any other that this notebook had started. Empty where the system does not say
/// @param processes  what was seen of it and of the processes that it started; those that lived for
///                   a few milliseconds only may be missing
/// @param ended      processes that it left running and that were ended with it
public record Ran(
        List<String> command,
        long pid,
        int exit,
        boolean timedOut,
        String out,
        String err,
        long outBytes,
        long errBytes,
        Duration wall,
        Optional<Duration> cpu,
        List<Seen> processes,
        List<Seen> ended) {

    /// A process that was seen.
    ///
    /// @param pid     its id
    /// @param parent  the id of the process that started it, 0 if that is not known
    /// @param name    its program without the folders
    public record Seen(long pid, long parent, String name) {
        @Override
        public String toString() {
            return name + " (pid " + pid + ")";
        }
    }

    public Ran {
        command = List.copyOf(command);
        processes = List.copyOf(processes);
        ended = List.copyOf(ended);
    }

    /// {@return whether it ended by itself with exit code 0}
    public boolean ok() {
        return exit == 0 && !timedOut;
    }

    /// {@return the signal that ended it}, such as `SIGKILL`; empty if it ended by itself
    public Optional<String> signal() {
        return Signals.of(exit);
    }

    /// {@return the wall-clock time in milliseconds}
    public double ms() {
        return wall.toNanos() / 1e6;
    }

    /// {@return this, if it ended by itself with exit code 0}
    ///
    /// @throws ProgramFailedException  otherwise; the message holds the end of its standard error
    public Ran check() {
        if (!ok()) {
            throw new ProgramFailedException(this);
        }
        return this;
    }

    /// {@return how it ended, in one line}
    public String summary() {
        return String.join(" ", command) + ": " + details();
    }

    private String details() {
        var words = new ArrayList<String>();
        words.add((timedOut ? "ended because its time was over, " : "") + Signals.words(exit));
        words.add(String.format(Locale.ROOT, "%.1f ms", ms()));
        cpu.ifPresent(time -> words.add(String.format(Locale.ROOT, "%.1f ms on a core", time.toNanos() / 1e6)));
        words.add("out %,d bytes, err %,d bytes".formatted(outBytes, errBytes));
        if (!ended.isEmpty()) {
            words.add("left running, and ended: "
                    + ended.stream().map(Seen::toString).collect(Collectors.joining(", ")));
        }
        return String.join("; ", words);
    }

    /// {@return the summary and the first lines of what it wrote, as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", "<pre>" + Html.escape(toString()) + "</pre>", "text/plain", toString());
    }

    @Override
    public String toString() {
        return "%s%n  %s".formatted(String.join(" ", command), details())
                + beginning("out", out)
                + beginning("err", err);
    }

    private static String beginning(String name, String text) {
        List<String> lines = text.lines().limit(6).toList();
        if (lines.isEmpty()) {
            return "";
        }
        String shown = lines.stream()
                .limit(5)
                .map(line -> line.length() > 120 ? line.substring(0, 120) + "…" : line)
                .collect(Collectors.joining("\n  "));
        return "\n%s:%n  %s%s".formatted(name, shown, lines.size() > 5 ? "\n  …" : "");
    }
}
