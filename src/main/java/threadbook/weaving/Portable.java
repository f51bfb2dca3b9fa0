package threadbook.weaving;

import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.Interfaces;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/// Objects can travel to another process: classes implement [Serializable].
///
/// Not interfaces, where it would reach lambdas, which need code that javac has not made; and not the classes
/// around top-level members, of which there are no objects.
final class Portable implements Pass {
    private static final ClassDesc SERIALIZABLE = ClassDesc.of(Serializable.class.getName());
    private static final int OTHERS = ClassFile.ACC_INTERFACE | ClassFile.ACC_ENUM | ClassFile.ACC_ANNOTATION;

    @Override
    public ClassTransform of(Weaving weaving) {
        ClassModel model = weaving.original();
        boolean already =
                model.interfaces().stream().anyMatch(type -> type.asSymbol().equals(SERIALIZABLE));
        if (already || (model.flags().flagsMask() & OTHERS) != 0 || isTopLevel(model)) {
            return NOTHING;
        }
        List<ClassDesc> all = new ArrayList<>();
        model.interfaces().stream().map(ClassEntry::asSymbol).forEach(all::add);
        all.add(SERIALIZABLE);
        return ClassTransform.dropping(Interfaces.class::isInstance)
                .andThen(ClassTransform.endHandler(type -> type.withInterfaceSymbols(all)));
    }

    private static boolean isTopLevel(ClassModel model) {
        String name = model.thisClass().asInternalName();
        return name.startsWith("REPL/$JShell$") && name.indexOf('$', "REPL/$JShell$".length()) < 0;
    }
}
