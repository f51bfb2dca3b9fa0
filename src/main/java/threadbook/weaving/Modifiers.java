package threadbook.weaving;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.TopLevel;

/// `volatile` fields and `synchronized` methods that JShell did not compile as such.
///
/// The methods hold one monitor for all of them, [TopLevel#MONITOR], not each that of its own class.
final class Modifiers implements Pass {

    @Override
    public ClassTransform of(Origin origin) {
        return (type, element) -> {
            switch (element) {
                case FieldModel field
                when origin.volatileFields().contains(field.fieldName().stringValue()) -> makeVolatile(type, field);
                case MethodModel method
                when origin.synchronizedMethods().contains(method.methodName().stringValue()) ->
                    type.transformMethod(
                            method, MethodTransform.transformingCode(CodeTransform.ofStateful(Monitor::new)));
                default -> type.with(element);
            }
        };
    }

    private static void makeVolatile(ClassBuilder type, FieldModel field) {
        type.transformField(field, (builder, element) -> {
            if (element instanceof AccessFlags flags) {
                builder.withFlags(flags.flagsMask() | ClassFile.ACC_VOLATILE);
            } else {
                builder.with(element);
            }
        });
    }

    /// The whole body between monitorenter and monitorexit. A return's own monitorexit lies outside the
    /// guarded ranges: the JIT gives up on methods that could leave a monitor twice.
    private static final class Monitor implements CodeTransform {
        private record Range(Label start, Label end) {}

        private final List<Range> guarded = new ArrayList<>();
        private @Nullable Label open; // where a range begins; null while no instruction is in it

        @Override
        public void atStart(CodeBuilder code) {
            monitor(code).monitorenter();
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                close(code);
                monitor(code).monitorexit().with(element);
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
                monitor(code).monitorexit().athrow();
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

        private static CodeBuilder monitor(CodeBuilder code) {
            return code.getstatic(ClassDesc.of(TopLevel.class.getName()), "MONITOR", ConstantDescs.CD_Object);
        }
    }
}
