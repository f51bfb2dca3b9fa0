package threadbook.lab.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the static variables that a program can come to, by reading the code of its classes.
///
/// More than it really uses, never fewer, unless it uses reflection. Of a class with top-level members only the
/// methods that are called count, since it also holds what has nothing to do with the program; of any other
/// class that is named, all.
final class Reached {
    private record Method(String owner, String name, String descriptor) {}

    private final ClassLoader program;
    private final Map<String, Optional<ClassModel>> models = new HashMap<>(); // empty: none of the program's
    private final Set<Object> seen = new HashSet<>(); // methods, and names of classes that were read as a whole
    private final ArrayDeque<Method> next = new ArrayDeque<>();
    private final Set<Field> fields = new LinkedHashSet<>();

    Reached(ClassLoader program) {
        this.program = program;
    }

    /// Follows the code from a method.
    ///
    /// @param owner  its class, as in `REPL/$JShell$12`
    void from(String owner, String name, String descriptor) {
        visit(new Method(owner, name, descriptor));
        while (!next.isEmpty()) {
            Method method = next.poll();
            model(method.owner).stream()
                    .flatMap(model -> model.methods().stream())
                    .filter(one -> one.methodName().equalsString(method.name)
                            && one.methodType().equalsString(method.descriptor))
                    .forEach(this::read);
        }
    }

    /// {@return the static variables}
    Set<Field> fields() {
        return fields;
    }

    private void visit(Method method) {
        if (model(method.owner).isPresent() && seen.add(method)) {
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
        model(name).ifPresent(model -> {
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
        if (model(owner).isEmpty()) {
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

    private Optional<ClassModel> model(String name) {
        Optional<ClassModel> known = models.get(name);
        if (known == null) {
            known = isOfProgram(name) ? Optional.of(bytes(name)) : Optional.empty();
            models.put(name, known);
        }
        return known;
    }

    private boolean isOfProgram(String name) {
        try {
            return !name.startsWith("[")
                    && Class.forName(name.replace('/', '.'), false, program).getClassLoader() == program;
        } catch (ClassNotFoundException | LinkageError _) {
            return false; // code that names it would fail
        }
    }

    private ClassModel bytes(String name) {
        try (InputStream bytes = program.getResourceAsStream(name + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("the loader of " + name + " does not hand out its bytes");
            }
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of " + name + " cannot be read", e);
        }
    }
}
