package threadbook.weaving;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells which calls leave woven code. Names are internal ones, such as `java/lang/Thread`.
final class Foreign {
    /// Hold nothing that another thread could change, and wait for nobody.
    private static final Set<String> VALUES = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double",
            "java/lang/Number",
            "java/lang/String",
            "java/lang/StrictMath",
            "java/lang/Record",
            "java/lang/Enum",
            "java/lang/Class",
            "java/lang/MatchException",
            "java/lang/AssertionError",
            "java/util/Objects");
    private static final Set<String> WAITING = Set.of("wait", "notify", "notifyAll");

    private record Known(
            byte[] bytes,
            Optional<String> parent,
            List<String> interfaces,
            Set<String> methods,
            Set<String> concrete) {}

    private final Function<String, byte @Nullable []> own;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param own  the bytes of a woven class by its name with dots, or null; these may change with time
    Foreign(Function<String, byte @Nullable []> own) {
        this.own = own;
    }

    /// {@return the class outside woven code where the search for the method ends; empty if it is woven or
    /// concerns no other thread}
    Optional<String> owner(String owner, String name, String descriptor) {
        return end(owner, name + descriptor).filter(end -> counts(end, name));
    }

    private static boolean counts(String owner, String name) {
        if (owner.equals("java/lang/Object")) {
            return WAITING.contains(name);
        }
        if (owner.equals("java/lang/Math")) {
            return name.equals("random");
        }
        if (owner.startsWith("[")) {
            return name.equals("clone"); // reads all elements
        }
        return !owner.startsWith("threadbook/runtime/")
                        && !owner.startsWith("java/lang/invoke/")
                        && !owner.startsWith("java/lang/runtime/")
                        && !VALUES.contains(owner)
                || owner.equals("java/lang/invoke/VarHandle");
    }

    private Optional<String> end(String type, String method) {
        Known model = known(type);
        if (model == null) {
            return Optional.of(type);
        }
        if (model.methods.contains(method)) {
            return Optional.empty();
        }
        Optional<String> above = model.parent.flatMap(parent -> end(parent, method));
        if (above.isEmpty()) {
            return above;
        }
        // Object is above everything, and a default method is nearer than a class that may not have it at all.
        boolean unsure = above.get().equals("java/lang/Object");
        for (String each : model.interfaces) {
            Known face = known(each);
            Optional<String> end = end(each, method);
            boolean answers = face == null ? unsure : end.isEmpty() && (unsure || face.concrete.contains(method));
            if (answers) {
                return end;
            }
        }
        return above;
    }

    private @Nullable Known known(String type) {
        byte[] bytes = type.startsWith("[") ? null : own.apply(type.replace('/', '.'));
        if (bytes == null) {
            return null;
        }
        Known before = known.get(type);
        if (before != null && before.bytes == bytes) {
            return before;
        }
        ClassModel model = ClassFile.of().parse(bytes);
        var methods = new HashSet<String>();
        var concrete = new HashSet<String>();
        for (MethodModel method : model.methods()) {
            String key = method.methodName().stringValue() + method.methodType().stringValue();
            methods.add(key);
            if (method.code().isPresent()) {
                concrete.add(key);
            }
        }
        var now = new Known(
                bytes,
                model.superclass().map(ClassEntry::asInternalName),
                model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                methods,
                concrete);
        known.put(type, now);
        return now;
    }
}
