package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSites;

/// For exploring, calls into code that is not woven and `new` of such classes become access sites that can
/// be taken over. What cannot be replaced (`super(…)`, method handles, calls of more than 250 arguments) is left to
/// [Accesses].
final class Calls implements Pass {
    private static final int MOST_ARGUMENTS = 250;
    private static final DirectMethodHandleDesc BOOTSTRAP = ConstantDescs.ofCallsiteBootstrap(
            ClassDesc.of(AccessSites.class.getName()),
            "call",
            ConstantDescs.CD_CallSite,
            ConstantDescs.CD_MethodHandle,
            ConstantDescs.CD_String,
            ConstantDescs.CD_int);

    @Override
    public ClassTransform of(Weaving weaving) {
        return switch (weaving.depth()) {
            case LOADED, LOCKED -> NOTHING;
            case EXPLORED ->
                (type, element) -> {
                    if (element instanceof MethodModel method && method.code().isPresent()) {
                        Set<Integer> creations =
                                creations(weaving, method.code().get());
                        type.transformMethod(
                                method,
                                MethodTransform.transformingCode(
                                        CodeTransform.ofStateful(() -> new Sites(weaving, creations))));
                    } else {
                        type.with(element);
                    }
                };
        };
    }

    /// {@return the positions in the code of the new, the dup and the constructor's call of each object whose
    /// creation can be taken over}
    private static Set<Integer> creations(Weaving weaving, CodeModel code) {
        record Begun(String owner, int at, int dup) {}
        var replaced = new HashSet<Integer>();
        Deque<Begun> begun = new ArrayDeque<>();
        @Nullable NewObjectInstruction fresh = null;
        int freshAt = 0;
        int at = -1;
        for (CodeElement element : code) {
            at++;
            if (!(element instanceof Instruction instruction)) {
                continue;
            }
            if (fresh != null) {
                int dup = instruction.opcode() == Opcode.DUP ? at : -1;
                begun.push(new Begun(fresh.className().asInternalName(), freshAt, dup));
                fresh = null;
            }
            if (instruction instanceof NewObjectInstruction creation) {
                fresh = creation;
                freshAt = at;
            } else if (instruction instanceof InvokeInstruction call
                    && call.name().equalsString("<init>")
                    && !begun.isEmpty()) {
                Begun object = begun.pop();
                if (!object.owner.equals(call.owner().asInternalName())) {
                    return Set.of(); // not in the order that javac makes
                }
                if (object.dup >= 0 && replaceable(weaving, call)) {
                    replaced.addAll(Set.of(object.at, object.dup, at));
                }
            }
        }
        return replaced;
    }

    private static boolean replaceable(Weaving weaving, InvokeInstruction call) {
        return !call.owner().asInternalName().startsWith("[") // no constant can name `clone` of an array
                && owner(weaving, call).isPresent()
                && call.typeSymbol().parameterCount() < MOST_ARGUMENTS;
    }

    private static Optional<String> owner(Weaving weaving, InvokeInstruction call) {
        return weaving.foreign()
                .owner(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue())
                .filter(owner -> !owner.startsWith("java/lang/invoke/") || owner.equals("java/lang/invoke/VarHandle"));
    }

    private static final class Sites implements CodeTransform {
        private final Weaving weaving;
        private final Set<Integer> creations;
        private int at = -1;
        private int line = -1;

        Sites(Weaving weaving, Set<Integer> creations) {
            this.weaving = weaving;
            this.creations = creations;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            at++;
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            if (element instanceof InvokeInstruction call) {
                if (call.name().equalsString("<init>") ? creations.contains(at) : replaceable(weaving, call)) {
                    replace(code, call);
                } else {
                    code.with(call);
                }
            } else if (!creations.contains(at)) { // the site makes the object
                code.with(element);
            }
        }

        private void replace(CodeBuilder code, InvokeInstruction call) {
            ClassDesc owner = call.owner().asSymbol();
            String name = call.name().stringValue();
            MethodTypeDesc type = call.typeSymbol();
            ClassDesc self = weaving.original().thisClass().asSymbol();
            DirectMethodHandleDesc.Kind kind = switch (call.opcode()) {
                case INVOKESTATIC ->
                    call.isInterface()
                            ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                            : DirectMethodHandleDesc.Kind.STATIC;
                case INVOKEINTERFACE -> DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL;
                case INVOKESPECIAL ->
                    call.isInterface()
                            ? DirectMethodHandleDesc.Kind.INTERFACE_SPECIAL
                            : DirectMethodHandleDesc.Kind.SPECIAL;
                default -> DirectMethodHandleDesc.Kind.VIRTUAL;
            };
            boolean creates = name.equals("<init>");
            boolean on = !creates && call.opcode() != Opcode.INVOKESTATIC;
            MethodHandleDesc original = creates
                    ? MethodHandleDesc.ofConstructor(owner, type.parameterList().toArray(ClassDesc[]::new))
                    : MethodHandleDesc.ofMethod(kind, owner, name, type);
            MethodTypeDesc siteType = creates
                    ? type.changeReturnType(owner)
                    : on ? type.insertParameterTypes(0, call.opcode() == Opcode.INVOKESPECIAL ? self : owner) : type;
            String member = owner(weaving, call).orElseThrow().replace('/', '.') + " " + name + " "
                    + type.descriptorString() + " " + weaving.origin().file();
            code.invokedynamic(DynamicCallSiteDesc.of(BOOTSTRAP, on ? "on" : "of", siteType, original, member, line));
        }
    }
}
