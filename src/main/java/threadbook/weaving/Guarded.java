package threadbook.weaving;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A method's whole body between what is done first and what is done last, however it ends, in the form that
/// javac gives a `synchronized` block.
///
/// The JIT compiles a method only if it is sure that each monitor is left once: the object is kept in a
/// local variable, and what a return does itself lies outside the guarded ranges.
final class Guarded implements CodeTransform {
    /// Code that uses a local variable of the reference kind, which only this code knows.
    @FunctionalInterface
    interface Part {
        void write(CodeBuilder code, int local);
    }

    private record Range(Label start, Label end) {}

    private final OptionalInt line;
    private final Part first;
    private final Part last;
    private final List<Range> guarded = new ArrayList<>();
    private int local;
    private @Nullable Label open; // where a range begins
    private boolean used; // it has an instruction

    /// @param body   for its first line, which is where a thread that waits in `first` is said to be
    /// @param first  leaves in the local variable what `last` needs
    Guarded(CodeModel body, Part first, Part last) {
        line = body.elementStream()
                .filter(LineNumber.class::isInstance)
                .mapToInt(element -> ((LineNumber) element).line())
                .findFirst();
        this.first = first;
        this.last = last;
    }

    /// Between monitorenter and monitorexit.
    ///
    /// @param push  pushes the object whose monitor it is
    static Guarded byMonitor(CodeModel body, Consumer<CodeBuilder> push) {
        return new Guarded(
                body,
                (code, local) -> {
                    push.accept(code);
                    code.dup().astore(local).monitorenter();
                },
                (code, local) -> code.aload(local).monitorexit());
    }

    @Override
    public void atStart(CodeBuilder code) {
        line.ifPresent(code::lineNumber);
        local = code.allocateLocal(TypeKind.REFERENCE);
        first.write(code, local);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof ReturnInstruction) {
            close(code);
            last.write(code, local);
            code.with(element);
        } else {
            // Before a label: at the turn of a loop that begins there, Stops puts a site, which may throw.
            if (open == null && (element instanceof Instruction || element instanceof LabelTarget)) {
                open = code.newBoundLabel();
                used = false;
            }
            used |= element instanceof Instruction;
            code.with(element);
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        close(code);
        if (!guarded.isEmpty()) {
            Label handler = code.newBoundLabel();
            last.write(code, local);
            code.athrow();
            for (Range range : guarded) {
                code.exceptionCatchAll(range.start, range.end, handler);
            }
        }
    }

    private void close(CodeBuilder code) {
        if (open != null && used) {
            guarded.add(new Range(open, code.newBoundLabel()));
        }
        open = null;
    }
}
