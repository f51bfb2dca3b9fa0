package threadbook.kernel.deadlock;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// In which line a held lock was taken, found in the code of the frames that are still on the stack.
///
/// Nothing is recorded while programs run. A frame that is at some line has passed the lines before it,
/// so the code is read from the start of the method to that line: what was entered and not left again is
/// held. That is exact for straight code, and for locks that the code names by a variable. A line that
/// both takes and gives back does not tell how far the frame came in it; the number of monitors that it
/// holds does. Where it is not certain, nothing is said.
final class LockSites {
    private static final Set<String> TAKES = Set.of("lock", "lockInterruptibly", "tryLock");

    private final Function<String, Optional<byte[]>> classes;

    /// @param classes  the bytes of a cell's class by its name, as it was loaded
    LockSites(Function<String, Optional<byte[]>> classes) {
        this.classes = classes;
    }

    /// One place where the code takes a lock.
    ///
    /// @param variable  the field that the lock was read from just before, null where it is none
    private record Site(int line, @Nullable String variable, boolean monitor) {}

    /// {@return the line in which the thread took the lock}
    ///
    /// @param name  the lock's variable, as [LockNames] gives it
    Optional<Place> taken(ThreadView holder, Object lock, String name) {
        Optional<ThreadView.HeldMonitor> monitor = holder.monitors().stream()
                .filter(held -> held.monitor() == lock)
                .findFirst();
        if (monitor.isPresent()) {
            return monitorTaken(holder, monitor.get());
        }
        String variable = name.substring(name.lastIndexOf('.') + 1);
        return holder.stack().stream()
                .filter(LockSites::told)
                .flatMap(at -> states(at).stream()
                        .flatMap(List::stream)
                        .filter(site -> !site.monitor() && variable.equals(site.variable()))
                        .reduce((_, last) -> last)
                        .map(site -> place(at, site.line()))
                        .stream())
                .findFirst();
    }

    /// {@return the line in which the thread waits}, in the innermost frame that a cell wrote
    ///
    /// A virtual thread that waits for a monitor stands behind the `monitorenter`, and so possibly in the
    /// line after it; the code knows better than the frame. One that is to enter a synchronized method
    /// stands before the method's first line.
    Optional<Place> waits(ThreadView waiter) {
        return waiter.stack().stream()
                .filter(frame ->
                        told(frame) && classes.apply(frame.getClassName()).isPresent())
                .findFirst()
                .map(frame -> {
                    boolean innermost = waiter.stack().getFirst().equals(frame);
                    int line = sites(frame).stream()
                            .filter(site -> innermost && site.monitor())
                            .mapToInt(Site::line)
                            .reduce(line(frame), (_, last) -> last);
                    return place(frame, line);
                });
    }

    /// The frame's monitors, innermost first, are its open monitorenters, the last first; a synchronized
    /// method's own is the outermost.
    private Optional<Place> monitorTaken(ThreadView holder, ThreadView.HeldMonitor held) {
        StackTraceElement at = holder.stack().get(held.frame());
        if (!told(at)) {
            return Optional.empty();
        }
        var ofFrame = holder.monitors().stream()
                .filter(other -> other.frame() == held.frame())
                .toList();
        boolean whole =
                method(at).filter(m -> m.flags().has(AccessFlag.SYNCHRONIZED)).isPresent();
        if (whole && ofFrame.getLast().equals(held)) {
            return Optional.of(place(at, firstLine(at)));
        }
        int entered = whole ? ofFrame.size() - 1 : ofFrame.size();
        int fromOuter = entered - 1 - ofFrame.indexOf(held);
        // A virtual thread that waits stands behind the monitorenter: one more seems to be held than is.
        return lineOfMonitor(at, entered, fromOuter)
                .or(() -> lineOfMonitor(at, entered + 1, fromOuter))
                .map(line -> place(at, line));
    }

    /// {@return the line of one of the frame's monitors}, if it is the same wherever in its line the frame is
    private Optional<Integer> lineOfMonitor(StackTraceElement at, int entered, int index) {
        var lines = states(at).stream()
                .map(open -> open.stream().filter(Site::monitor).toList())
                .filter(open -> open.size() == entered)
                .map(open -> open.get(index).line())
                .distinct()
                .toList();
        return lines.size() == 1 ? Optional.of(lines.getFirst()) : Optional.empty();
    }

    /// Not where the frame runs a body that was replaced since: the JVM has forgotten its lines.
    private static boolean told(StackTraceElement frame) {
        return frame.getFileName() != null;
    }

    private static Place place(StackTraceElement at, int line) {
        return new Place(String.valueOf(at.getFileName()), line);
    }

    private int line(StackTraceElement frame) {
        return frame.getLineNumber() > 0 ? frame.getLineNumber() : firstLine(frame);
    }

    /// {@return the first line of the frame's method}, or what the frame says where that is unknown
    private int firstLine(StackTraceElement frame) {
        return method(frame).flatMap(MethodModel::code).map(LockSites::lines).stream()
                .flatMap(List::stream)
                .findFirst()
                .orElse(frame.getLineNumber());
    }

    /// {@return the method of that name in which the frame is}
    private Optional<MethodModel> method(StackTraceElement frame) {
        List<MethodModel> named = classes.apply(frame.getClassName()).stream()
                .flatMap(bytes -> ClassFile.of().parse(bytes).methods().stream())
                .filter(method -> method.methodName().equalsString(frame.getMethodName()))
                .toList();
        return named.stream()
                .filter(method -> method.code()
                        .filter(code -> lines(code).contains(frame.getLineNumber()))
                        .isPresent())
                .findFirst()
                .or(() -> named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty());
    }

    /// {@return what the frame has taken when its line is over, in the order taken}
    private List<Site> sites(StackTraceElement frame) {
        var states = states(frame);
        return states.isEmpty() ? List.of() : states.getLast();
    }

    /// {@return what the frame may have taken and not given back, in the order taken}: one list for each
    /// place of its line where it may be, and one for the end of the line
    private List<List<Site>> states(StackTraceElement frame) {
        return method(frame).flatMap(MethodModel::code).stream()
                .filter(code -> lines(code).contains(frame.getLineNumber()))
                .findFirst()
                .map(code -> states(code, frame.getLineNumber()))
                .orElse(List.of());
    }

    private static List<Integer> lines(CodeModel code) {
        return code.elementStream()
                .filter(LineNumber.class::isInstance)
                .map(element -> ((LineNumber) element).line())
                .toList();
    }

    private static List<List<Site>> states(CodeModel code, int upTo) {
        var states = new ArrayList<List<Site>>();
        var open = new ArrayList<Site>();
        int line = 0;
        boolean reached = false;
        String variable = null;
        for (CodeElement element : code) {
            if (reached && (element instanceof InvokeInstruction || element instanceof MonitorInstruction)) {
                states.add(List.copyOf(open));
            }
            switch (element) {
                case LineNumber number -> {
                    if (reached && number.line() != upTo) {
                        states.add(open);
                        return states;
                    }
                    line = number.line();
                    reached = line == upTo;
                }
                case FieldInstruction field
                when reads(field) -> variable = field.name().stringValue();
                case MonitorInstruction monitor
                when monitor.opcode() == Opcode.MONITORENTER -> open.add(new Site(line, variable, true));
                case MonitorInstruction _ -> removeLast(open, Site::monitor);
                case InvokeInstruction call
                when isLock(call) && TAKES.contains(call.name().stringValue()) ->
                    open.add(new Site(line, variable, false));
                case InvokeInstruction call
                when isLock(call) && call.name().equalsString("unlock") -> {
                    String unlocked = variable;
                    removeLast(open, site -> !site.monitor() && Objects.equals(unlocked, site.variable()));
                }
                default -> {
                    // any other instruction takes no lock
                }
            }
        }
        states.add(open);
        return states;
    }

    private static boolean reads(FieldInstruction field) {
        return field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.GETFIELD;
    }

    private static boolean isLock(InvokeInstruction call) {
        return call.owner().asInternalName().startsWith("java/util/concurrent/locks/");
    }

    private static void removeLast(List<Site> open, Predicate<Site> given) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (given.test(open.get(i))) {
                open.remove(i);
                return;
            }
        }
    }

    /// A line of a cell.
    record Place(String file, int line) {}
}
