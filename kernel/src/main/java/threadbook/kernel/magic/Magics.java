package threadbook.kernel.magic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.protocol.ErrorReport;

/// The lines of a cell that speak to the kernel instead of Java, such as `%about`.
///
/// A magic line begins with `%` and a name where a statement could begin: outside of brackets, comments
/// and literals, and after a finished statement. So `%` stays the remainder in a line that continues an
/// expression. The magics of a cell run before its Java is compiled, in their order.
public final class Magics {
    private static final Pattern LINE = Pattern.compile("[ \\t]*%(%?\\p{L}[\\w-]*)([^\\n]*)");

    private final List<Magic> magics;

    /// @param doors  which of the JDK's internal doors are in use, or what stands in for them: name to
    ///     state; asked for by `%about`
    /// @param threads  the threads of cells
    public Magics(Supplier<Map<String, String>> doors, Threads threads) {
        magics = List.of(
                new About(doors),
                new Question("threads", "what the threads of all cells do, wait for and hold", _ -> threads.list()),
                Question.kill(threads),
                new Question("dump", "the stacks of all threads", _ -> threads.dump()),
                new Gil());
    }

    /// {@return the names of all magics, without `%`}
    public List<String> names() {
        return magics.stream().map(Magic::name).toList();
    }

    /// Tells magic lines from Java.
    public static Split split(String code) {
        if (code.indexOf('%') < 0) {
            return new Split(List.of(), code);
        }
        var lines = new ArrayList<MagicLine>();
        var java = new StringBuilder(code);
        Matcher matcher = LINE.matcher(code);
        int number = 1;
        int start = 0;
        while (start < code.length()) {
            int end = code.indexOf('\n', start);
            int next = end < 0 ? code.length() : end + 1;
            // What stands before is taken without the magic lines: they may hold quotation marks.
            if (matcher.region(start, code.length()).lookingAt() && statementCanBegin(java.substring(0, start))) {
                lines.add(new MagicLine(matcher.group(1), matcher.group(2).strip(), number));
                java.replace(start, matcher.end(), " ".repeat(matcher.end() - start));
            }
            start = next;
            number++;
        }
        return new Split(lines, java.toString());
    }

    private static boolean statementCanBegin(String before) {
        // A mark behind it tells whether the place itself is code or inside a comment or a literal.
        String bare = BareCode.of(before + "%");
        if (!bare.endsWith("%")) {
            return false;
        }
        String code = bare.substring(0, before.length()).strip();
        long open = code.chars().filter(c -> "({[".indexOf(c) >= 0).count();
        long closed = code.chars().filter(c -> ")}]".indexOf(c) >= 0).count();
        return open == closed && (code.isEmpty() || code.endsWith(";") || code.endsWith("}"));
    }

    /// Runs the magic lines in their order; what they show goes to the output.
    ///
    /// @return the error that the cell ends with if one of them does not exist or asks for what cannot be; then
    ///     none has run
    public Optional<ErrorReport> run(Split split, CellOutput output) {
        for (MagicLine line : split.lines()) {
            Optional<Magic> magic = find(line);
            if (magic.isEmpty()) {
                return Optional.of(unknown(line));
            }
            Optional<String> refusal = magic.get().refusal(line);
            if (refusal.isPresent()) {
                return Optional.of(new ErrorReport("BadMagic", refusal.get(), List.of(refusal.get())));
            }
        }
        for (MagicLine line : split.lines()) {
            find(line).ifPresent(magic -> magic.run(line.arguments(), output));
        }
        return Optional.empty();
    }

    private Optional<Magic> find(MagicLine line) {
        return magics.stream().filter(magic -> magic.name().equals(line.name())).findFirst();
    }

    private ErrorReport unknown(MagicLine line) {
        String message = "Line %s: there is no magic \"%%%s\".".formatted(line.number(), line.name());
        String known = magics.stream()
                .map(magic -> "  %%%s  %s".formatted(magic.name(), magic.purpose()))
                .collect(Collectors.joining("\n", "There is:\n", ""));
        return new ErrorReport("UnknownMagic", message, List.of(message, known));
    }

    /// A cell taken apart.
    ///
    /// @param lines  the magic lines, in order
    /// @param java   the cell with its magic lines overwritten by spaces, so that positions stay true
    public record Split(List<MagicLine> lines, String java) {
        public Split {
            lines = List.copyOf(lines);
        }

        /// {@return the switch interval of the global lock under which the cell is to run; empty for none}
        public Optional<Duration> globalLock() {
            return lines.stream()
                    .filter(line -> line.name().equals("%gil"))
                    .findFirst()
                    .map(line -> Gil.interval(line.arguments()));
        }
    }
}
