package threadbook.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lines of a stack trace that a student can act on, such as `  at increase (cell 7, line 3)`.
///
/// Expects the stack trace of a cell's class to name `cell 7` as its file and to count the cell's lines.
final class Frames {
    private static final Pattern CELL_FILE = Pattern.compile("cell \\d+");
    /// JShell's names for what stands outside of methods.
    private static final String TOP = "do_it$";

    /// One that can be serialized has a hash before its number.
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+?)(?:\\$[0-9a-f]+)?\\$\\d+");

    /// In lines; a deeper stack is shown by its two ends.
    private static final int LIMIT = 30;

    /// How long a group of calling methods may be to be recognised when it repeats, in frames.
    private static final int LONGEST_CYCLE = 4;

    private static final int FOREIGN_SHOWN = 5;

    private Frames() {}

    /// @param placed  the frame as it is to be shown
    static List<String> of(StackTraceElement @Nullable [] trace, UnaryOperator<StackTraceElement> placed) {
        if (trace == null) {
            return List.of();
        }
        return shortened(withoutRepetition(Arrays.stream(trace)
                .filter(Frames::isUsers)
                .map(placed)
                .map(Frames::line)
                .toList()));
    }

    /// {@return the first few frames as they are, for an exception that met none of the user's}
    static List<String> foreign(StackTraceElement @Nullable [] trace) {
        return trace == null
                ? List.of()
                : Arrays.stream(trace)
                        .limit(FOREIGN_SHOWN)
                        .map(frame -> "  at " + frame)
                        .toList();
    }

    private static boolean isUsers(@Nullable StackTraceElement frame) {
        return frame != null
                && (frame.getFileName() != null
                                && CELL_FILE.matcher(frame.getFileName()).matches()
                        || frame.getClassName().startsWith("REPL.$JShell$"));
    }

    private static String line(StackTraceElement frame) {
        String file = frame.getFileName();
        String place = file == null || !CELL_FILE.matcher(file).matches()
                ? ""
                : frame.getLineNumber() > 0
                        ? " (%s, line %s)".formatted(file, frame.getLineNumber())
                        : " (" + file + ")";
        return "  at " + method(frame) + place;
    }

    /// The method as the user knows it, with its class unless it stands outside of any.
    private static String method(StackTraceElement frame) {
        String type = NotebookNames.ofClass(frame.getClassName()).replace('$', '.');
        String method = frame.getMethodName();
        Matcher lambda = LAMBDA.matcher(method);
        if (lambda.matches()) {
            String around = lambda.group(1);
            return switch (around) {
                case TOP, TOP + "Aux", "static" -> type.isEmpty() ? "lambda" : "lambda in " + type;
                case "new" -> "lambda in new " + type;
                default -> "lambda in " + qualified(type, around);
            };
        }
        return switch (method) {
            case TOP, TOP + "Aux" -> "top level";
            case "<init>" -> "new " + type;
            case "<clinit>" -> type.isEmpty() ? "top level" : "static initializer of " + type;
            default -> qualified(type, method);
        };
    }

    private static String qualified(String type, String method) {
        return type.isEmpty() ? method : type + "." + method;
    }

    /// Leaves out the repetitions of one to four lines that follow each other, and says how many.
    private static List<String> withoutRepetition(List<String> lines) {
        var kept = new ArrayList<String>();
        int at = 0;
        while (at < lines.size()) {
            int cycle = 1;
            int times = 1;
            for (int length = 1; length <= LONGEST_CYCLE && times < 3; length++) {
                cycle = length;
                times = repetitions(lines, at, length);
            }
            if (times < 3) {
                kept.add(lines.get(at));
                at++;
            } else {
                kept.addAll(lines.subList(at, at + cycle));
                kept.add("     … %s more times the %s above"
                        .formatted(times - 1, cycle == 1 ? "line" : cycle + " lines"));
                at += cycle * times;
            }
        }
        return kept;
    }

    /// How many times the lines from `at` on stand there one after the other, at least once.
    private static int repetitions(List<String> lines, int at, int length) {
        int times = 1;
        int next = at + length;
        while (next + length <= lines.size()
                && lines.subList(at, at + length).equals(lines.subList(next, next + length))) {
            times++;
            next += length;
        }
        return times;
    }

    private static List<String> shortened(List<String> lines) {
        if (lines.size() <= LIMIT) {
            return lines;
        }
        var ends = new ArrayList<>(lines.subList(0, LIMIT - 10));
        ends.add("     … %s lines left out".formatted(lines.size() - LIMIT));
        ends.addAll(lines.subList(lines.size() - 10, lines.size()));
        return ends;
    }
}
