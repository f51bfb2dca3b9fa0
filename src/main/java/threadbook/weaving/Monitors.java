package threadbook.weaving;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.util.function.Consumer;

/// A `synchronized` method is a method whose body is a `synchronized` block on the same monitor.
///
/// Nothing can stand between a caller and the monitor that the flag takes, something can stand before a
/// monitorenter. Must be so from the start: a class cannot be redefined with other flags. What the flag is
/// for besides, to be seen by reflection, is restored by [Redirects].
final class Monitors implements Pass {

    @Override
    public ClassTransform of(Weaving weaving) {
        if (weaving.original().methods().stream().noneMatch(method -> has(method, ClassFile.ACC_SYNCHRONIZED))) {
            return NOTHING;
        }
        ClassDesc self = weaving.original().thisClass().asSymbol();
        return (type, element) -> {
            if (element instanceof MethodModel method
                    && has(method, ClassFile.ACC_SYNCHRONIZED)
                    && method.code().isPresent()) {
                Consumer<CodeBuilder> monitor =
                        has(method, ClassFile.ACC_STATIC) ? code -> code.loadConstant(self) : code -> code.aload(0);
                CodeModel body = method.code().get();
                type.transformMethod(
                        method,
                        MethodTransform.transformingCode(
                                        CodeTransform.ofStateful(() -> Guarded.byMonitor(body, monitor)))
                                .andThen(Monitors::unflagged));
            } else {
                type.with(element);
            }
        };
    }

    private static void unflagged(MethodBuilder method, MethodElement element) {
        if (element instanceof AccessFlags flags) {
            method.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
        } else {
            method.with(element);
        }
    }

    private static boolean has(MethodModel method, int flag) {
        return (method.flags().flagsMask() & flag) != 0;
    }
}
