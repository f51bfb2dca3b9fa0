package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import threadbook.runtime.AccessSite;

/// For exploring, one site at the beginning of each method that has no access sites, because with them it would
/// be too large to be loaded: whoever explores must know that he does not see what it does.
final class Blind implements Pass {

    @Override
    public ClassTransform of(Weaving weaving) {
        return switch (weaving.depth()) {
            case LOADED, LOCKED -> NOTHING;
            case EXPLORED ->
                (type, element) -> {
                    if (element instanceof MethodModel method
                            && method.code().isPresent()
                            && weaving.isSpared(method)) {
                        type.transformMethod(method, MethodTransform.transformingCode(site(weaving, method)));
                    } else {
                        type.with(element);
                    }
                };
        };
    }

    private static CodeTransform site(Weaving weaving, MethodModel method) {
        String member = weaving.original().thisClass().asInternalName().replace('/', '.') + " " + AccessSite.BLIND + " "
                + method.methodName().stringValue() + " " + weaving.origin().file();
        return CodeTransform.ofStateful(() -> {
            boolean[] due = {true};
            return (code, element) -> {
                if (due[0] && element instanceof Instruction) {
                    due[0] = false;
                    code.invokedynamic(
                            DynamicCallSiteDesc.of(Accesses.BOOTSTRAP, "loop", ConstantDescs.MTD_void, member, -1));
                }
                code.with(element);
            };
        });
    }
}
