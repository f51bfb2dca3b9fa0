package threadbook.weaving;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A method's whole body between monitorenter and monitorexit, in the form that javac gives a block.
///
/// The JIT compiles a method only if it is sure that each monitor is left once: the object is kept in a
/// local variable, and a return's own monitorexit lies outside the guarded ranges.
final class MonitorBlock implements CodeTransform {
    private record Range(Label start, Label end) {}

    private final OptionalInt line;
    private final Consumer<CodeBuilder> push;
    private final List<Range> guarded = new ArrayList<>();
    private int monitor; // the local variable
    private @Nullable Label open; // where a range begins; null while no instruction is in it

    /// @param body  for its first line, which is where a thread that waits for the monitor is said to be
    /// @param push  pushes the object whose monitor it is
    MonitorBlock(CodeModel body, Consumer<CodeBuilder> push) {
        line = body.elementStream()
                .filter(LineNumber.class::isInstance)
                .mapToInt(element -> ((LineNumber) element).line())
                .findFirst();
        this.push = push;
    }

    @Override
    public void atStart(CodeBuilder code) {
        line.ifPresent(code::lineNumber);
        monitor = code.allocateLocal(TypeKind.REFERENCE);
        push.accept(code);
        code.dup().astore(monitor).monitorenter();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof ReturnInstruction) {
            close(code);
            code.aload(monitor).monitorexit().with(element);
        } else {
            if (open == null && element instanceof Instruction) {
                open = code.newBoundLabel();
            }
            code.with(element);
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        close(code);
        if (!guarded.isEmpty()) {
            Label handler = code.newBoundLabel();
            code.aload(monitor).monitorexit().athrow();
            for (Range range : guarded) {
                code.exceptionCatchAll(range.start, range.end, handler);
            }
        }
    }

    private void close(CodeBuilder code) {
        if (open != null) {
            guarded.add(new Range(open, code.newBoundLabel()));
            open = null;
        }
    }
}
