package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
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
import threadbook.runtime.Exit;

/// Calls and method references that would end the process go to [Exit] instead.
final class Exits implements Pass {
    private static final ClassDesc EXIT = ClassDesc.of(Exit.class.getName());
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final MethodTypeDesc STATUS = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    private record Call(ClassDesc owner, String name, MethodTypeDesc type) {}

    private static final Map<Call, DirectMethodHandleDesc> INSTEAD = Map.of(
            new Call(ClassDesc.of("java.lang.System"), "exit", STATUS), instead("exit", STATUS),
            new Call(RUNTIME, "exit", STATUS), instead("exit", STATUS.insertParameterTypes(0, RUNTIME)),
            new Call(RUNTIME, "halt", STATUS), instead("halt", STATUS.insertParameterTypes(0, RUNTIME)));

    private static DirectMethodHandleDesc instead(String name, MethodTypeDesc type) {
        return MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, EXIT, name, type);
    }

    @Override
    public ClassTransform of(Origin origin) {
        CodeTransform redirect = Exits::redirect;
        return ClassTransform.transformingMethodBodies(redirect);
    }

    private static void redirect(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call -> {
                var instead = INSTEAD.get(
                        new Call(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol()));
                if (instead == null) {
                    code.with(call);
                } else {
                    code.invokestatic(EXIT, instead.methodName(), instead.invocationType());
                }
            }
            case InvokeDynamicInstruction lambda
            when lambda.bootstrapArgs().stream().anyMatch(Exits::exits) ->
                code.invokedynamic(DynamicCallSiteDesc.of(
                        lambda.bootstrapMethod(),
                        lambda.name().stringValue(),
                        lambda.typeSymbol(),
                        lambda.bootstrapArgs().stream().map(Exits::instead).toArray(ConstantDesc[]::new)));
            default -> code.with(element);
        }
    }

    private static boolean exits(ConstantDesc argument) {
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
