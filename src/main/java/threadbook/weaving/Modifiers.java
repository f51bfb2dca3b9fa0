package threadbook.weaving;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import threadbook.runtime.TopLevel;

/// `volatile` fields and `synchronized` methods that JShell did not compile as such.
///
/// The methods hold one monitor for all of them, [TopLevel#MONITOR], not each that of its own class.
final class Modifiers implements Pass {

    @Override
    public ClassTransform of(Weaving weaving) {
        if (weaving.origin().volatileFields().isEmpty()
                && weaving.origin().synchronizedMethods().isEmpty()) {
            return NOTHING;
        }
        return (type, element) -> {
            switch (element) {
                case FieldModel field
                when weaving.origin()
                        .volatileFields()
                        .contains(field.fieldName().stringValue()) -> makeVolatile(type, field);
                case MethodModel method
                when weaving.origin()
                                .synchronizedMethods()
                                .contains(method.methodName().stringValue())
                        && method.code().isPresent() ->
                    type.transformMethod(
                            method,
                            MethodTransform.transformingCode(CodeTransform.ofStateful(
                                    () -> Guarded.byMonitor(method.code().get(), Modifiers::shared))));
                default -> type.with(element);
            }
        };
    }

    private static void shared(CodeBuilder code) {
        code.getstatic(ClassDesc.of(TopLevel.class.getName()), "MONITOR", ConstantDescs.CD_Object);
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
}
