package threadbook.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import threadbook.lab.figure.Html;

/// A process and those that it has started, directly or through others, as the system lists them.
///
/// ```java
/// processTree()                   // this notebook's
/// ```
///
/// @param entries  the process itself first, each of the others below the one that started it
public record ProcessTree(List<Entry> entries) {

    /// The name of a process that has ended, or that belongs to somebody else.
    static final String UNKNOWN = "?";

    /// One process.
    ///
    /// @param depth   how many processes stand between it and the first, 0 for the first
    /// @param pid     its number in the system
    /// @param name    its program without the folders
    /// @param memory  bytes that it has in main memory; shared ones count in each process. Empty
    ///                where the system does not say, and for one that has just ended
    public record Entry(int depth, long pid, String name, OptionalLong memory) {}

    public ProcessTree {
        entries = List.copyOf(entries);
    }

    /// {@return the process of this notebook and all that it has started}
    public static ProcessTree ofThisProcess() {
        return of(ProcessHandle.current());
    }

    static ProcessTree of(ProcessHandle root) {
        var entries = new ArrayList<Entry>();
        add(root, 0, entries);
        return new ProcessTree(entries);
    }

    private static void add(ProcessHandle process, int depth, List<Entry> entries) {
        entries.add(new Entry(depth, process.pid(), name(process), memory(process.pid())));
        try (Stream<ProcessHandle> children = process.children()) {
            // One that has ended but that nobody has buried yet has no command any more.
            children.filter(child -> child.info().command().isPresent())
                    .sorted(Comparator.comparing(ProcessHandle::pid))
                    .forEach(child -> add(child, depth + 1, entries));
        }
    }

    /// {@return the ids, the first one's first}
    public List<Long> pids() {
        return entries.stream().map(Entry::pid).toList();
    }

    static String name(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()))
                .orElse(UNKNOWN);
    }

    private static OptionalLong memory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException _) { // not Linux, or it has just ended
            return OptionalLong.empty();
        }
    }

    /// {@return the tree as html and as text}
    public Map<String, String> mimeBundle() {
        return Map.of("text/html", "<pre>" + Html.escape(toString()) + "</pre>", "text/plain", toString());
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Entry entry : entries) {
            text.append("    ".repeat(Math.max(0, entry.depth - 1)))
                    .append(entry.depth == 0 ? "" : "└── ")
                    .append(entry.name)
                    .append("  pid ")
                    .append(entry.pid);
            entry.memory.ifPresent(bytes -> text.append(String.format(Locale.ROOT, "  %.0f MB", bytes / 1e6)));
            text.append('\n');
        }
        return text.toString().stripTrailing();
    }
}
