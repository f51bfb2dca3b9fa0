package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import threadbook.runtime.Exit;
import threadbook.runtime.Reflected;

/// Some calls and method references go elsewhere: those that would end the process to [Exit], those that
/// ask a method for its modifiers to [Reflected].
final class Redirects implements Pass {
    private static final ClassDesc EXIT = ClassDesc.of(Exit.class.getName());
    private static final ClassDesc REFLECTED = ClassDesc.of(Reflected.class.getName());
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final ClassDesc METHOD = ClassDesc.of("java.lang.reflect.Method");
    private static final ClassDesc MEMBER = ClassDesc.of("java.lang.reflect.Member");
    private static final MethodTypeDesc STATUS = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc FLAGS = MethodTypeDesc.of(ConstantDescs.CD_int);
    private static final MethodTypeDesc TEXT = MethodTypeDesc.of(ConstantDescs.CD_String);

    private record Call(ClassDesc owner, String name, MethodTypeDesc type) {}

    private static final Map<Call, DirectMethodHandleDesc> INSTEAD = Map.of(
            new Call(ClassDesc.of("java.lang.System"), "exit", STATUS), instead(EXIT, "exit", STATUS),
            new Call(RUNTIME, "exit", STATUS), instead(EXIT, "exit", on(RUNTIME, STATUS)),
            new Call(RUNTIME, "halt", STATUS), instead(EXIT, "halt", on(RUNTIME, STATUS)),
            new Call(METHOD, "getModifiers", FLAGS), instead(REFLECTED, "modifiers", on(MEMBER, FLAGS)),
            new Call(ClassDesc.of("java.lang.reflect.Executable"), "getModifiers", FLAGS),
                    instead(REFLECTED, "modifiers", on(MEMBER, FLAGS)),
            new Call(MEMBER, "getModifiers", FLAGS), instead(REFLECTED, "modifiers", on(MEMBER, FLAGS)),
            new Call(METHOD, "toString", TEXT), instead(REFLECTED, "string", on(METHOD, TEXT)),
            new Call(METHOD, "toGenericString", TEXT), instead(REFLECTED, "genericString", on(METHOD, TEXT)));

    private static final Set<String> NAMES =
            INSTEAD.keySet().stream().map(Call::name).collect(Collectors.toUnmodifiableSet());

    private static DirectMethodHandleDesc instead(ClassDesc owner, String name, MethodTypeDesc type) {
        return MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, owner, name, type);
    }

    private static MethodTypeDesc on(ClassDesc receiver, MethodTypeDesc type) {
        return type.insertParameterTypes(0, receiver);
    }

    @Override
    public ClassTransform of(Weaving weaving) {
        for (PoolEntry entry : weaving.original().constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && NAMES.contains(member.name().stringValue())) {
                CodeTransform redirect = Redirects::redirect;
                return ClassTransform.transformingMethodBodies(redirect);
            }
        }
        return NOTHING;
    }

    private static void redirect(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call -> {
                var instead = INSTEAD.get(
                        new Call(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol()));
                if (instead == null) {
                    code.with(call);
                } else {
                    code.invokestatic(instead.owner(), instead.methodName(), instead.invocationType());
                }
            }
            case InvokeDynamicInstruction lambda
            when lambda.bootstrapArgs().stream().anyMatch(Redirects::redirected) ->
                code.invokedynamic(DynamicCallSiteDesc.of(
                        lambda.bootstrapMethod(),
                        lambda.name().stringValue(),
                        lambda.typeSymbol(),
                        lambda.bootstrapArgs().stream().map(Redirects::instead).toArray(ConstantDesc[]::new)));
            default -> code.with(element);
        }
    }

    private static boolean redirected(ConstantDesc argument) {
        return instead(argument) != argument;
    }

    private static ConstantDesc instead(ConstantDesc argument) {
        return argument instanceof DirectMethodHandleDesc handle && isMethod(handle)
                ? INSTEAD.getOrDefault(
                        new Call(
                                handle.owner(),
                                handle.methodName(),
                                MethodTypeDesc.ofDescriptor(handle.lookupDescriptor())),
                        handle)
                : argument;
    }

    /// Handles of fields, as records have, are described by a type and not by a method's.
    private static boolean isMethod(DirectMethodHandleDesc handle) {
        return handle.lookupDescriptor().startsWith("(");
    }
}
