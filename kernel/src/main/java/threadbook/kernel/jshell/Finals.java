package threadbook.kernel.jshell;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;

/// What class files say of final variables.
final class Finals {
    private Finals() {}

    /// {@return the class with a field made final}
    static byte[] seal(byte[] wrapper, String variable) {
        FieldTransform makeFinal = (field, element) -> {
            if (element instanceof AccessFlags flags) {
                field.withFlags(flags.flagsMask() | ClassFile.ACC_FINAL);
            } else {
                field.with(element);
            }
        };
        ClassTransform ofVariable = (type, element) -> {
            if (element instanceof FieldModel field && field.fieldName().equalsString(variable)) {
                type.transformField(field, makeFinal);
            } else {
                type.with(element);
            }
        };
        return ClassFile.of().transformClass(ClassFile.of().parse(wrapper), ofVariable);
    }

    /// {@return whether a class assigns a static field of another}
    static boolean assigns(byte[] user, String wrapper, String variable) {
        String owner = wrapper.replace('.', '/');
        return ClassFile.of().parse(user).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof FieldInstruction access
                        && access.opcode() == Opcode.PUTSTATIC
                        && access.owner().asInternalName().equals(owner)
                        && access.name().equalsString(variable));
    }
}
