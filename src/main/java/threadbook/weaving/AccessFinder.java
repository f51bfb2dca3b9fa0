package threadbook.weaving;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the accesses in one method, which it is shown element by element.
///
/// Left out are fields that the compiler made (their names have a `$`), and the fields of an object whose
/// constructor has not called `super` yet: nobody else can have it.
final class AccessFinder {
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

    private final Foreign foreign;
    private final String self;
    private boolean prologue; // in a constructor, before it calls super or this
    private int created; // objects whose constructor has not been called yet
    private int line = -1;
    private @Nullable Instruction last;
    private @Nullable Instruction lastButOne;

    AccessFinder(Weaving weaving, MethodModel method) {
        foreign = weaving.foreign();
        self = weaving.original().thisClass().asInternalName();
        prologue = method.methodName().equalsString("<init>");
    }

    @Nullable
    Access access(CodeElement element) {
        if (element instanceof LineNumber number) {
            line = number.line();
        }
        if (!(element instanceof Instruction instruction)) {
            return null;
        }
        Access found = access(instruction);
        switch (instruction) {
            case NewObjectInstruction _ -> created++;
            case InvokeInstruction call
            when call.name().equalsString("<init>") -> {
                if (created > 0) {
                    created--;
                } else {
                    prologue = false;
                }
            }
            default -> {}
        }
        lastButOne = last;
        last = instruction;
        return found;
    }

    private @Nullable Access access(Instruction instruction) {
        return switch (instruction) {
            case FieldInstruction field -> field(field);
            case ArrayLoadInstruction load -> element("read", load.typeKind(), List.of());
            case ArrayStoreInstruction store -> element("write", store.typeKind(), List.of(store.typeKind()));
            case MonitorInstruction monitor -> monitor(monitor);
            case InvokeInstruction call -> call(call);
            case InvokeDynamicInstruction dynamic
            when dynamic.bootstrapMethod().owner().descriptorString().equals("L" + LAMBDAS + ";") -> reference(dynamic);
            default -> null;
        };
    }

    private @Nullable Access field(FieldInstruction field) {
        String name = field.name().stringValue();
        String owner = field.owner().asInternalName();
        boolean write = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
        boolean isStatic = field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC;
        if (name.contains("$") || prologue && field.opcode() == Opcode.PUTFIELD && owner.equals(self)) {
            return null;
        }
        TypeKind kind = TypeKind.from(field.typeSymbol());
        return new Access.Before(
                write ? "write" : "read",
                member(owner, name, field.type().stringValue()),
                line,
                isStatic ? Operands.NONE : Operands.below(write ? List.of(kind) : List.of()));
    }

    private Access element(String kind, TypeKind type, List<TypeKind> above) {
        String member = switch (type) {
            case BOOLEAN, BYTE -> "byte[] [] B"; // one instruction for both
            case CHAR -> "char[] [] C";
            case SHORT -> "short[] [] S";
            case INT -> "int[] [] I";
            case LONG -> "long[] [] J";
            case FLOAT -> "float[] [] F";
            case DOUBLE -> "double[] [] D";
            case REFERENCE, VOID -> "java.lang.Object[] [] Ljava/lang/Object;";
        };
        return new Access.Before(kind, member, line, Operands.element(above));
    }

    private Access monitor(MonitorInstruction monitor) {
        if (monitor.opcode() == Opcode.MONITOREXIT) {
            return last instanceof LoadInstruction load
                    ? new Access.Left(load.slot(), line)
                    : new Access.Before("exit", Access.MONITOR, line, Operands.below(List.of()));
        }
        // javac's form: dup, astore, monitorenter. In any other form it can only be told.
        return last instanceof StoreInstruction store
                        && lastButOne != null
                        && lastButOne.opcode() == Opcode.DUP
                        && store.typeKind() == TypeKind.REFERENCE
                ? new Access.Enter(store.slot(), line)
                : new Access.Before("told", Access.MONITOR, line, Operands.below(List.of()));
    }

    private @Nullable Access call(InvokeInstruction call) {
        String name = call.name().stringValue();
        Optional<String> owner =
                foreign.owner(call.owner().asInternalName(), name, call.type().stringValue());
        if (owner.isEmpty()) {
            return null;
        }
        boolean hasReceiver = call.opcode() != Opcode.INVOKESTATIC && !name.equals("<init>");
        return new Access.Before(
                "call",
                member(owner.get(), name, call.type().stringValue()),
                line,
                hasReceiver ? Operands.below(kinds(call.typeSymbol())) : Operands.NONE);
    }

    /// A reference to a method that is not woven; the object that it is bound to is on top.
    private @Nullable Access reference(InvokeDynamicInstruction dynamic) {
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle
                    && handle.lookupDescriptor().startsWith("(")) {
                Optional<String> owner =
                        foreign.owner(internal(handle), handle.methodName(), handle.lookupDescriptor());
                if (owner.isPresent()) {
                    boolean bound = dynamic.typeSymbol().parameterCount() == 1
                            && handle.kind()
                                    != MethodHandleDesc.ofConstructor(handle.owner())
                                            .kind()
                            && handle.kind() != DirectMethodHandleDesc.Kind.STATIC
                            && handle.kind() != DirectMethodHandleDesc.Kind.INTERFACE_STATIC;
                    return new Access.Before(
                            "reference",
                            member(owner.get(), handle.methodName(), handle.lookupDescriptor()),
                            line,
                            bound ? Operands.below(List.of()) : Operands.NONE);
                }
            }
        }
        return null;
    }

    private static String internal(DirectMethodHandleDesc handle) {
        String descriptor = handle.owner().descriptorString();
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    private static List<TypeKind> kinds(MethodTypeDesc type) {
        return type.parameterList().stream().map(TypeKind::from).toList();
    }

    private static String member(String owner, String name, String descriptor) {
        return owner.replace('/', '.') + " " + name + " " + descriptor;
    }
}
