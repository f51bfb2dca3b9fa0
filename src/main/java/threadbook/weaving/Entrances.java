package threadbook.weaving;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/// For running under a global lock: a method that code elsewhere can call takes the lock for its caller, unless the
/// thread has it already, and drops it at its end ([threadbook.runtime.LockedCode]).
///
/// Elsewhere is the JDK and the library: they call a cell as a whole, lambdas, methods that a reference names, and
/// methods of objects. Other methods are called by woven code only, under the lock already.
final class Entrances implements Pass {
    private static final MethodTypeDesc ENTER = MethodTypeDesc.of(Releases.LOCK);
    private static final MethodTypeDesc LEAVE = MethodTypeDesc.of(ConstantDescs.CD_void, Releases.LOCK);

    @Override
    public ClassTransform of(Weaving weaving) {
        return switch (weaving.depth()) {
            case LOADED, EXPLORED -> NOTHING;
            case LOCKED -> {
                Set<String> referred = referred(weaving);
                boolean extending = extending(weaving);
                yield (type, element) -> {
                    if (element instanceof MethodModel method
                            && method.code().isPresent()
                            && isEntrance(method, referred, extending)) {
                        var body = method.code().get();
                        type.transformMethod(
                                method,
                                MethodTransform.transformingCode(CodeTransform.ofStateful(() -> new Guarded(
                                        body,
                                        (code, local) -> code.invokestatic(Releases.LOCKED_CODE, "enter", ENTER)
                                                .astore(local),
                                        (code, local) -> code.aload(local)
                                                .invokestatic(Releases.LOCKED_CODE, "leave", LEAVE)))));
                    } else {
                        type.with(element);
                    }
                };
            }
        };
    }

    private static boolean isEntrance(MethodModel method, Set<String> referred, boolean extending) {
        String name = method.methodName().stringValue();
        if (name.startsWith("<")) {
            return false;
        }
        boolean callable = (method.flags().flagsMask() & (ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE)) == 0;
        return name.equals("do_it$")
                || callable && extending
                || referred.contains(name + method.methodType().stringValue());
    }

    /// {@return name and descriptor of the methods that method handles of the class name, as lambdas do}
    private static Set<String> referred(Weaving weaving) {
        var referred = new HashSet<String>();
        for (PoolEntry entry : weaving.original().constantPool()) {
            if (entry instanceof MethodHandleEntry handle) {
                referred.add(handle.reference().name().stringValue()
                        + handle.reference().type().stringValue());
            }
        }
        return referred;
    }

    private static boolean extending(Weaving weaving) {
        return !weaving.original().interfaces().isEmpty()
                || weaving.original()
                        .superclass()
                        .filter(above -> !above.asInternalName().equals("java/lang/Object"))
                        .isPresent();
    }
}
