package threadbook.lab.explore.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds method references such as `list::add` that were made before anybody explored: nobody sees the calls
/// they make.
///
/// The JVM does not tell what such an object refers to. So it is looked up in the code of the class that made
/// it: an object counts as a reference if that class makes one of the same type that captures the same. A lambda
/// beside it that looks the same counts, too.
final class StoredReferences {
    private static final int DEPTH = 4; // lambdas that capture lambdas
    private static final String METAFACTORY = "Ljava/lang/invoke/LambdaMetafactory;";

    private final ClassLoader program;
    private final Predicate<String> hides;
    private final Map<Class<?>, Optional<String>> known = new ConcurrentHashMap<>();

    /// @param program  the loader of the classes that are woven
    /// @param hides    whether calls of the methods of a class must be seen
    StoredReferences(ClassLoader program, Predicate<String> hides) {
        this.program = program;
        this.hides = hides;
    }

    /// {@return the reference that an object is, or that it captures}, as in "java.util.List::add"; empty if
    /// there is none
    Optional<String> in(@Nullable Object object) {
        return in(object, DEPTH);
    }

    private Optional<String> in(@Nullable Object object, int depth) {
        if (object == null || !object.getClass().isHidden() || object.getClass().getClassLoader() != program) {
            return Optional.empty();
        }
        Optional<String> own = known.computeIfAbsent(object.getClass(), this::find);
        if (own.isPresent() || depth == 0) {
            return own;
        }
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                Optional<String> captured = in(value(field, object), depth - 1);
                if (captured.isPresent()) {
                    return captured;
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible but is not", e);
        }
    }

    private Optional<String> find(Class<?> type) {
        List<String> captured = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> field.getType().descriptorString())
                .toList();
        List<String> faces =
                Arrays.stream(type.getInterfaces()).map(Class::descriptorString).toList();
        return Arrays.stream(type.getNestHost().getNestMembers())
                .flatMap(maker -> ClassFile.of().parse(bytes(maker)).methods().stream())
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .flatMap(element -> element instanceof InvokeDynamicInstruction dynamic
                                && dynamic.bootstrapMethod()
                                        .owner()
                                        .descriptorString()
                                        .equals(METAFACTORY)
                                && faces.contains(
                                        dynamic.typeSymbol().returnType().descriptorString())
                                && captured.equals(dynamic.typeSymbol().parameterList().stream()
                                        .map(ClassDesc::descriptorString)
                                        .toList())
                        ? reference(dynamic).stream()
                        : java.util.stream.Stream.<String>empty())
                .findFirst();
    }

    private Optional<String> reference(InvokeDynamicInstruction dynamic) {
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle
                    && handle.lookupDescriptor().startsWith("(")) {
                String owner = handle.owner().descriptorString();
                String name = owner.startsWith("L")
                        ? owner.substring(1, owner.length() - 1).replace('/', '.')
                        : owner;
                if (!isProgram(name) && hides.test(name)) {
                    return Optional.of(name + "::" + handle.methodName());
                }
            }
        }
        return Optional.empty();
    }

    private boolean isProgram(String name) {
        try {
            return Class.forName(name, false, program).getClassLoader() == program;
        } catch (ClassNotFoundException | LinkageError _) {
            return false; // an array, or code that would fail
        }
    }

    private byte[] bytes(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = program.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException("the loader of " + type + " does not hand out its bytes");
            }
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of " + type + " cannot be read", e);
        }
    }
}
