package threadbook.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import threadbook.kernel.cell.Evaluation;
import threadbook.kernel.protocol.ErrorReport;

/// How a cell ended that was stopped from outside, in plain words.
final class Reports {
    private static final String INTERRUPTED = "Interrupted";

    /// Made beforehand: when one of these is needed there is no memory to make it.
    static final Evaluation FULL =
            outOfMemory("The notebook's memory is full. The cell has ended; variables are kept.");

    static final Evaluation DIED = outOfMemory("The cell's thread ended without a word: the memory was probably full.");

    private Reports() {}

    /// @param stack   where the cell's own thread was
    /// @param doing   what each thread of the cell was doing, a line each
    /// @param struck  whether threads were stopped in the middle of the JDK's code
    static ErrorReport interrupted(List<StackTraceElement> stack, List<String> doing, boolean struck) {
        String where = place(stack.stream()).map(place -> " in " + place).orElse("");
        String what = "The cell was interrupted%s. Its variables are kept.".formatted(where);
        List<String> lines = new ArrayList<>();
        lines.add(INTERRUPTED + ": " + what);
        if (!doing.isEmpty()) {
            lines.add("At that moment:");
            doing.forEach(line -> lines.add("  " + line));
        }
        if (struck) {
            lines.add("It was stopped in the middle of code of the JDK that ignores interrupts: "
                    + "the state of the objects that it used there (locks, queues, futures) may be damaged.");
        }
        return new ErrorReport(INTERRUPTED, what, lines);
    }

    /// @param stuck  how many threads go on
    /// @param doing  what each of them is doing, a line each
    static ErrorReport abandoned(int stuck, List<String> doing) {
        String what = "The cell was left behind: %s of its threads cannot be stopped.".formatted(stuck);
        List<String> lines = new ArrayList<>();
        lines.add(INTERRUPTED + ": " + what);
        doing.forEach(line -> lines.add("  " + line));
        lines.add("All variables are kept and the next cell can run; what these threads hold stays held.");
        return new ErrorReport(INTERRUPTED, what, lines);
    }

    /// @param told   the exception as it is always shown
    /// @param words  what it means here and what to do, a line each
    static ErrorReport exhausted(ErrorReport told, List<String> words) {
        List<String> lines = new ArrayList<>(told.traceback());
        lines.addAll(words);
        return new ErrorReport(told.name(), told.value(), lines);
    }

    /// @param words  what fills the memory and what to do, a line each
    static ErrorReport refused(List<String> words) {
        String what = "The memory is nearly full: the cell was not run.";
        List<String> lines = new ArrayList<>(words);
        lines.addFirst("OutOfMemoryError: " + what);
        return new ErrorReport("OutOfMemoryError", what, lines);
    }

    /// @param reason  why classes in use could not be woven anew
    static ErrorReport notWoven(IllegalStateException reason) {
        String what =
                "A cell can run under the global lock only where classes in use can get new bodies, which failed: "
                        + reason.getMessage();
        return new ErrorReport("NoGlobalLock", what, List.of(what, "%about says which doors of the JDK are open."));
    }

    private static Evaluation outOfMemory(String what) {
        return new Evaluation.Threw(new ErrorReport("OutOfMemoryError", what, List.of("OutOfMemoryError: " + what)));
    }

    private static Optional<String> place(Stream<StackTraceElement> stack) {
        return stack.filter(frame -> frame.getFileName() != null
                        && frame.getLineNumber() > 0
                        && frame.getClassName().startsWith("REPL."))
                .map(frame -> "%s, line %s".formatted(frame.getFileName(), frame.getLineNumber()))
                .findFirst();
    }
}
