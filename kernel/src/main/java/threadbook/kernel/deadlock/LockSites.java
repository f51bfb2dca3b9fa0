package threadbook.kernel.deadlock;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
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
/// held. That is exact for straight code, and for locks that the code names by a variable; where it is
/// not certain, nothing is said.
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
        for (int frame = 0; frame < holder.stack().size(); frame++) {
            StackTraceElement at = holder.stack().get(frame);
            var sites = sites(at).stream()
                    .filter(site -> !site.monitor() && variable.equals(site.variable()))
                    .toList();
            if (!sites.isEmpty()) {
                return Optional.of(new Place(
                        String.valueOf(at.getFileName()), sites.getLast().line()));
            }
        }
        return Optional.empty();
    }

    /// {@return the line in which the thread waits}, in the innermost frame that a cell wrote
    ///
    /// A virtual thread that waits for a monitor stands behind the `monitorenter`, and so possibly in the
    /// line after it; the code knows better than the frame.
    Optional<Place> waits(ThreadView waiter) {
        return waiter.stack().stream()
                .filter(frame -> frame.getFileName() != null
                        && classes.apply(frame.getClassName()).isPresent())
                .findFirst()
                .map(frame -> {
                    boolean innermost = waiter.stack().getFirst().equals(frame);
                    int line = sites(frame).stream()
                            .filter(site -> innermost && site.monitor())
                            .mapToInt(Site::line)
                            .reduce(frame.getLineNumber(), (_, last) -> last);
                    return new Place(String.valueOf(frame.getFileName()), line);
                });
    }

    /// The frame's monitors, innermost first, are its open monitorenters, the last first.
    private Optional<Place> monitorTaken(ThreadView holder, ThreadView.HeldMonitor held) {
        StackTraceElement at = holder.stack().get(held.frame());
        var open = sites(at).stream().filter(Site::monitor).toList();
        var ofFrame = holder.monitors().stream()
                .filter(other -> other.frame() == held.frame())
                .toList();
        int fromInner = ofFrame.indexOf(held);
        // The monitor that the frame is about to enter is among the open ones, but not among the held.
        int waited = open.size() - ofFrame.size();
        int index = open.size() - 1 - waited - fromInner;
        return index < 0 || waited < 0 || waited > 1
                ? Optional.empty()
                : Optional.of(new Place(
                        String.valueOf(at.getFileName()), open.get(index).line()));
    }

    /// {@return what the frame has taken and not given back, in the order taken}
    private List<Site> sites(StackTraceElement frame) {
        return classes.apply(frame.getClassName()).stream()
                .flatMap(bytes -> ClassFile.of().parse(bytes).methods().stream())
                .filter(method -> method.methodName().equalsString(frame.getMethodName()))
                .flatMap(method -> method.code().stream())
                .filter(code -> lines(code).contains(frame.getLineNumber()))
                .findFirst()
                .map(code -> open(code, frame.getLineNumber()))
                .orElse(List.of());
    }

    private static List<Integer> lines(CodeModel code) {
        return code.elementStream()
                .filter(LineNumber.class::isInstance)
                .map(element -> ((LineNumber) element).line())
                .toList();
    }

    private static List<Site> open(CodeModel code, int upTo) {
        var open = new ArrayList<Site>();
        int line = 0;
        boolean reached = false;
        String variable = null;
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> {
                    if (reached && number.line() != upTo) {
                        return open;
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
        return open;
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
