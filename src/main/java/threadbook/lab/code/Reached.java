package threadbook.lab.code;

import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Finds the static variables that a program can come to, by reading the code of its classes.
///
/// More than it really uses, never fewer, unless it uses reflection. Of a class with top-level members only the
/// methods that are called count, since it also holds what has nothing to do with the program; of any other
/// class that is named, all.
public final class Reached {
    private record Method(String owner, String name, String descriptor) {}

    private final ClassLoader program;
    private final ProgramClasses classes;
    private final Set<Object> seen = new HashSet<>(); // methods, and names of classes that were read as a whole
    private final ArrayDeque<Method> next = new ArrayDeque<>();
    private final Set<Field> fields = new LinkedHashSet<>();

    /// @param program  the loader of the program's classes, which hands out their bytes
    public Reached(ClassLoader program) {
        this.program = program;
        classes = new ProgramClasses(program);
    }

    /// Follows the code from a method.
    ///
    /// @param owner  its class, as in `REPL/$JShell$12`
    public void from(String owner, String name, String descriptor) {
        visit(new Method(owner, name, descriptor));
        follow();
    }

    /// Follows the code from all methods of a class, unless it has top-level members.
    public void from(Class<?> type) {
        whole(type.getName().replace('.', '/'));
        follow();
    }

    private void follow() {
        while (!next.isEmpty()) {
            Method method = next.poll();
            classes.model(method.owner).stream()
                    .flatMap(model -> model.methods().stream())
                    .filter(one -> one.methodName().equalsString(method.name)
                            && one.methodType().equalsString(method.descriptor))
                    .forEach(this::read);
        }
    }

    /// {@return the static variables}
    public Set<Field> fields() {
        return fields;
    }

    private void visit(Method method) {
        if (classes.model(method.owner).isPresent() && seen.add(method)) {
            next.add(method);
        }
    }

    private void read(MethodModel method) {
        method.code().ifPresent(code -> code.forEach(this::read));
    }

    private void read(CodeElement element) {
        switch (element) {
            case FieldInstruction access -> {
                whole(access.owner().asInternalName());
                switch (access.opcode()) {
                    case GETSTATIC, PUTSTATIC ->
                        field(access.owner().asInternalName(), access.name().stringValue());
                    default -> {}
                }
            }
            case InvokeInstruction call -> {
                String owner = call.owner().asInternalName();
                whole(owner);
                visit(new Method(owner, call.name().stringValue(), call.type().stringValue()));
            }
            case NewObjectInstruction creation -> whole(creation.className().asInternalName());
            case ConstantInstruction.LoadConstantInstruction constant -> named(constant.constantEntry());
            case InvokeDynamicInstruction dynamic ->
                dynamic.bootstrapArgs().forEach(argument -> {
                    if (argument instanceof DirectMethodHandleDesc handle
                            && handle.lookupDescriptor().startsWith("(")) {
                        String owner = internal(handle.owner());
                        whole(owner);
                        visit(new Method(owner, handle.methodName(), handle.lookupDescriptor()));
                    }
                });
            default -> {}
        }
    }

    private void named(LoadableConstantEntry constant) {
        if (constant instanceof ClassEntry type) {
            whole(type.asInternalName());
        }
    }

    /// Reads all methods of a class and of those above it, unless it has top-level members.
    private void whole(String name) {
        classes.model(name).ifPresent(model -> {
            if (!isTopLevel(name) && seen.add(name)) {
                model.methods().forEach(this::read);
                model.superclass().ifPresent(above -> whole(above.asInternalName()));
                model.interfaces().forEach(above -> whole(above.asInternalName()));
            }
        });
    }

    private static boolean isTopLevel(String name) {
        return name.startsWith("REPL/$JShell$") && name.indexOf('$', "REPL/$JShell$".length()) < 0;
    }

    private static String internal(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    private void field(String owner, String name) {
        if (classes.model(owner).isEmpty()) {
            return;
        }
        try {
            for (Class<?> type = Class.forName(owner.replace('/', '.'), false, program);
                    type != null && type.getClassLoader() == program;
                    type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(name) && Modifier.isStatic(field.getModifiers())) {
                        fields.add(field);
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the code names a class that is not found: " + owner, e);
        }
    }
}
