package threadbook.kernel.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/// JShell's own maps and the changeable fields of its snippets, saved and put back by reflection.
///
/// Needs `--add-opens jdk.jshell/jdk.jshell` and the fields of JDK 25. Exact, and some tenths of a
/// millisecond for hundreds of snippets; a JDK that differs shows it at the first snapshot.
final class ReflectedMemory implements Memory {
    private final JShell shell;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<Class<?>, List<Field>> changeable = new HashMap<>();
    private final Set<JavaFileObject> sealed = Collections.newSetFromMap(new WeakHashMap<>());

    ReflectedMemory(JShell shell) {
        this.shell = shell;
    }

    @Override
    public String described() {
        return "snapshots of JShell's own maps";
    }

    @Override
    public Snapshot snapshot() {
        try {
            return new State();
        } catch (ReflectiveOperationException e) {
            throw different(e);
        }
    }

    @Override
    public void forgetBytes(String className) {
        try {
            Object known = tracked(className);
            field(known, "loadedBytes").set(known, new byte[0]);
        } catch (ReflectiveOperationException e) {
            throw different(e);
        }
    }

    /// In the class files that javac reads, not in those that are loaded: there JShell's own `do_it$`
    /// assigns the variable, which the JVM allows for final fields in the static initialiser only.
    @Override
    public void seal(String className, String variable) {
        try {
            JavaFileManager files = (JavaFileManager) get(get(shell, "taskFactory"), "fileManager");
            Map<?, ?> classes = (Map<?, ?>) get(files, "classObjects");
            if (classes.get(className) instanceof JavaFileObject open && !sealed.contains(open)) {
                byte[] bytes;
                try (InputStream in = open.openInputStream()) {
                    bytes = in.readAllBytes();
                }
                try (OutputStream out = files.getJavaFileForOutput(
                                StandardLocation.CLASS_OUTPUT, className, JavaFileObject.Kind.CLASS, null)
                        .openOutputStream()) {
                    out.write(Finals.seal(bytes, variable));
                }
                sealed.add((JavaFileObject) Objects.requireNonNull(classes.get(className)));
            }
        } catch (ReflectiveOperationException e) {
            throw different(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a file in memory", e);
        }
    }

    private Object tracked(String className) throws ReflectiveOperationException {
        Object tracker = get(shell, "classTracker");
        Method info = tracker.getClass().getDeclaredMethod("get", String.class);
        info.setAccessible(true);
        return info.invoke(tracker, className);
    }

    private static IllegalStateException different(ReflectiveOperationException e) {
        return new IllegalStateException("JShell's fields are not those of JDK 25", e);
    }

    private final class State implements Snapshot {
        private record Value(
                Object owner, Field field, @Nullable Object value) {}

        private final List<Value> values = new ArrayList<>();
        private final Map<Map<Object, Object>, Map<Object, Object>> maps = new IdentityHashMap<>();
        private final Map<Collection<Object>, Collection<Object>> collections = new IdentityHashMap<>();

        State() throws ReflectiveOperationException {
            save(shell, "nextKeyIndex");
            Object eval = get(shell, "eval");
            save(eval, "varNumber");
            save(eval, "anonCount");
            Object snippets = get(shell, "maps");
            saveAll((Collection<?>) get(snippets, "keyIndexToSnippet"));
            saveAll((Collection<?>) get(snippets, "snippets"));
            Map<?, ?> dependencies = (Map<?, ?>) get(snippets, "dependencies");
            saveAll(dependencies);
            for (Object users : dependencies.values()) {
                saveAll((Collection<?>) users);
            }
            Object keys = get(shell, "keyMap");
            for (String map : List.of("classMap", "methodMap", "varMap", "importMap")) {
                saveAll((Map<?, ?>) get(keys, map));
            }
            saveAll((Map<?, ?>) get(get(shell, "outerMap"), "classOuters"));
            saveAll((Map<?, ?>) get(get(get(shell, "taskFactory"), "fileManager"), "classObjects"));
            Map<?, ?> tracked = (Map<?, ?>) get(get(shell, "classTracker"), "map");
            saveAll(tracked);
            for (Object info : tracked.values()) {
                save(info, "currentBytes");
                save(info, "loadedBytes");
            }
            for (Object snippet : (Collection<?>) get(snippets, "snippets")) {
                for (Field field : changeable(snippet.getClass())) {
                    values.add(new Value(snippet, field, field.get(snippet)));
                }
            }
        }

        @Override
        public void restore() {
            try {
                for (Value value : values) {
                    value.field.set(value.owner, value.value);
                }
            } catch (IllegalAccessException e) {
                throw different(e);
            }
            maps.forEach((live, saved) -> {
                live.clear();
                live.putAll(saved);
            });
            collections.forEach((live, saved) -> {
                live.clear();
                live.addAll(saved);
            });
        }

        @Override
        public void restoreAfterRun(Map<String, byte[]> loaded) {
            try {
                int next = (int) get(shell, "nextKeyIndex");
                restore();
                field(shell, "nextKeyIndex").set(shell, next);
                for (Map.Entry<String, byte[]> one : loaded.entrySet()) {
                    Object known = tracked(one.getKey());
                    field(known, "loadedBytes").set(known, one.getValue());
                }
            } catch (ReflectiveOperationException e) {
                throw different(e);
            }
        }

        private void save(Object owner, String name) throws ReflectiveOperationException {
            Field field = field(owner, name);
            values.add(new Value(owner, field, field.get(owner)));
        }

        @SuppressWarnings("unchecked") // what was taken out is put in again
        private void saveAll(Map<?, ?> map) {
            maps.put((Map<Object, Object>) map, new LinkedHashMap<>(map));
        }

        @SuppressWarnings("unchecked") // as above
        private void saveAll(Collection<?> collection) {
            collections.put((Collection<Object>) collection, new ArrayList<>(collection));
        }
    }

    private Object get(Object owner, String name) throws ReflectiveOperationException {
        return field(owner, name).get(owner);
    }

    private Field field(Object owner, String name) throws ReflectiveOperationException {
        String key = owner.getClass().getName() + "." + name;
        Field field = fields.get(key);
        if (field == null) {
            field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            fields.put(key, field);
        }
        return field;
    }

    private List<Field> changeable(Class<?> snippet) {
        return changeable.computeIfAbsent(snippet, type -> {
            List<Field> all = new ArrayList<>();
            for (Class<?> here = type; here != Object.class; here = here.getSuperclass()) {
                for (Field field : here.getDeclaredFields()) {
                    if (!Modifier.isFinal(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        all.add(field);
                    }
                }
            }
            return all;
        });
    }
}
