package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import threadbook.runtime.InterpreterLock;
import threadbook.runtime.LockedCode;

/// For running under a global lock: calls that may wait ([Waiting]) and the entering of monitors drop it, and take
/// it again afterwards ([LockedCode]). Method references are left alone.
final class Releases implements Pass {
    static final ClassDesc LOCKED_CODE = ClassDesc.of(LockedCode.class.getName());
    static final ClassDesc LOCK = ClassDesc.of(InterpreterLock.class.getName());
    private static final MethodTypeDesc GIVES_LOCK = MethodTypeDesc.of(LOCK);
    private static final MethodTypeDesc TAKES_LOCK = MethodTypeDesc.of(ConstantDescs.CD_void, LOCK);
    private static final DirectMethodHandleDesc BOOTSTRAP = ConstantDescs.ofCallsiteBootstrap(
            LOCKED_CODE, "bootstrap", ConstantDescs.CD_CallSite, ConstantDescs.CD_MethodHandle);

    @Override
    public ClassTransform of(Weaving weaving) {
        return switch (weaving.depth()) {
            case LOADED, EXPLORED -> NOTHING;
            case LOCKED ->
                ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(() -> new Sites(weaving.foreign())));
        };
    }

    private static final class Sites implements CodeTransform {
        private final Foreign foreign;
        private int dropped = -1; // the local variable with the lock to be taken again before the next instruction

        Sites(Foreign foreign) {
            this.foreign = foreign;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (dropped >= 0 && element instanceof Instruction) {
                code.aload(dropped).invokestatic(LOCKED_CODE, "retake", TAKES_LOCK);
                dropped = -1;
            }
            switch (element) {
                case MonitorInstruction monitor
                when monitor.opcode() == Opcode.MONITORENTER -> {
                    int local = code.allocateLocal(TypeKind.REFERENCE);
                    code.invokestatic(LOCKED_CODE, "release", GIVES_LOCK).astore(local);
                    code.with(monitor);
                    dropped = local;
                }
                case InvokeInstruction call
                when call.opcode() != Opcode.INVOKESPECIAL ->
                    when(call).ifPresentOrElse(when -> replace(code, call, when), () -> code.with(call));
                default -> code.with(element);
            }
        }

        private Optional<String> when(InvokeInstruction call) {
            String name = call.name().stringValue();
            String descriptor = call.type().stringValue();
            return foreign.owner(call.owner().asInternalName(), name, descriptor)
                    .filter(owner -> !owner.startsWith("["))
                    .flatMap(owner -> Waiting.around(owner, name, descriptor));
        }

        private static void replace(CodeBuilder code, InvokeInstruction call, String when) {
            ClassDesc owner = call.owner().asSymbol();
            MethodTypeDesc type = call.typeSymbol();
            DirectMethodHandleDesc.Kind kind = switch (call.opcode()) {
                case INVOKESTATIC ->
                    call.isInterface()
                            ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                            : DirectMethodHandleDesc.Kind.STATIC;
                case INVOKEINTERFACE -> DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL;
                default -> DirectMethodHandleDesc.Kind.VIRTUAL;
            };
            boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
            code.invokedynamic(DynamicCallSiteDesc.of(
                    BOOTSTRAP,
                    when,
                    isStatic ? type : type.insertParameterTypes(0, owner),
                    MethodHandleDesc.ofMethod(kind, owner, call.name().stringValue(), type)));
        }
    }
}
