package threadbook.lab.explore.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What the program calls its objects at one moment: by the static variables from which they are reached.
public final class Names {
    private static final int OBJECTS = 2000; // more are not looked at
    private static final int DEPTH = 4;
    private static final String CELL = "REPL.$JShell$";

    private record Reached(Object object, String name, int depth) {}

    private final Map<Object, String> names = new IdentityHashMap<>();

    /// @param sites    places of the program that use its static variables
    /// @param program  the loader of its classes
    /// @return what the objects are called that are reached from these variables
    public static Names reachedFrom(Collection<AccessSite> sites, @Nullable ClassLoader program) {
        return new Names(
                sites.stream().map(Memory::find).filter(Names::isStatic).collect(Collectors.toSet()), program);
    }

    private static boolean isStatic(Field field) {
        return Modifier.isStatic(field.getModifiers());
    }

    Names(Iterable<Field> statics, @Nullable ClassLoader program) {
        var next = new ArrayDeque<Reached>();
        for (Field field : statics) {
            reach(Memory.value(field, null), variable(field), 0, next);
        }
        while (!next.isEmpty() && names.size() < OBJECTS) {
            Reached one = next.poll();
            if (one.depth >= DEPTH) {
                continue;
            }
            if (one.object instanceof Object[] elements) {
                for (int i = 0; i < elements.length; i++) {
                    reach(elements[i], one.name + "[" + i + "]", one.depth + 1, next);
                }
            } else if (one.object.getClass().getClassLoader() == program && program != null) {
                fields(one, next);
            }
        }
    }

    private void fields(Reached one, ArrayDeque<Reached> next) {
        for (Class<?> type = one.object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    reach(Memory.value(field, one.object), one.name + "." + field.getName(), one.depth + 1, next);
                }
            }
        }
    }

    private void reach(@Nullable Object object, String name, int depth, ArrayDeque<Reached> next) {
        if (object != null && !isValue(object) && names.putIfAbsent(object, name) == null) {
            next.add(new Reached(object, name, depth));
        }
    }

    private static boolean isValue(Object object) {
        return object instanceof String
                || object instanceof Number
                || object instanceof Boolean
                || object instanceof Character;
    }

    /// {@return what a static variable is called}; that of a notebook's top level has no class
    static String variable(Field field) {
        String owner = field.getDeclaringClass().getName();
        boolean topLevel = owner.startsWith(CELL) && owner.indexOf('$', CELL.length()) < 0;
        return topLevel ? field.getName() : field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    /// {@return what an object is called}; its class if no variable leads to it
    public String of(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        String name = names.get(object);
        if (name != null) {
            return name;
        }
        return object instanceof Class<?> type
                ? type.getSimpleName() + ".class"
                : isValue(object)
                        ? String.valueOf(object)
                        : "a " + object.getClass().getSimpleName();
    }

    /// {@return what a location is called}
    ///
    /// @param target  the object or array it belongs to; null for a static one
    String of(Location location, @Nullable Object target) {
        if (location.field == null) {
            return location.index >= 0 ? of(target) + "[" + location.index + "]" : of(target);
        }
        return Modifier.isStatic(location.field.getModifiers())
                ? variable(location.field)
                : of(target) + "." + location.field.getName();
    }
}
