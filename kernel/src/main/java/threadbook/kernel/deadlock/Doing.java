package threadbook.kernel.deadlock;

import java.util.List;
import java.util.Optional;

/// What a thread is doing, told by its stack: the line of the cell, and the call that it made there.
final class Doing {
    /// Below what a thread was started to do.
    private static final List<String> BOTTOM =
            List.of("java.lang.Thread", "java.lang.VirtualThread", "jdk.internal.", "threadbook.kernel.");

    private Doing() {}

    static String words(List<StackTraceElement> stack, Thread.State state) {
        if (state == Thread.State.TERMINATED || stack.isEmpty()) {
            return state == Thread.State.NEW ? "has not begun" : "has just ended or not yet begun";
        }
        int line = lineOfCell(stack);
        String where = line < 0
                ? ""
                : " (%s, line %s)"
                        .formatted(
                                stack.get(line).getFileName(), stack.get(line).getLineNumber());
        String verb = state == Thread.State.RUNNABLE ? "runs" : "waits";
        return verb + call(stack, line).map(call -> " in " + call).orElse("") + where;
    }

    /// The stop site at the beginning of a method stands before its first line, so in none.
    private static int lineOfCell(List<StackTraceElement> stack) {
        for (int i = 0; i < stack.size(); i++) {
            if (stack.get(i).getFileName() != null
                    && stack.get(i).getLineNumber() > 0
                    && stack.get(i).getClassName().startsWith("REPL.")) {
                return i;
            }
        }
        return -1;
    }

    /// {@return the method that the cell's line has called}, or that the thread was started with
    private static Optional<String> call(List<StackTraceElement> stack, int line) {
        if (line >= 0) {
            return line == 0
                    ? Optional.empty()
                    : Optional.of(stack.get(line - 1)).filter(Doing::known).map(Doing::name);
        }
        return stack.reversed().stream()
                .filter(frame -> BOTTOM.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(Doing::name);
    }

    /// {@return whether the author of the cell knows the method}: neither woven in nor made by the compiler
    private static boolean known(StackTraceElement frame) {
        return !frame.getClassName().startsWith("threadbook.runtime.")
                && !frame.getClassName().startsWith("REPL.");
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
}
