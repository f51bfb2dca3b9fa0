package threadbook.kernel.session;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.jshell.CellClassName;
import threadbook.kernel.jshell.Program;
import threadbook.kernel.jvm.RedefineClasses;
import threadbook.kernel.thread.CellClasses;
import threadbook.weaving.Depth;
import threadbook.weaving.Origin;
import threadbook.weaving.Weaver;

/// Defines the classes of all cells, woven; hands out their original bytes as resources.
///
/// A class is defined at its first use, so one that has not been used can still be replaced or taken
/// back; one that is in use can get new bodies. Any thread may call it; what is defined is guarded by the loader
/// itself, which is not
/// parallel capable, so that the JVM takes the same lock.
final class CellLoader extends ClassLoader implements CellClasses<Cell> {

    private final Map<String, CellClass> classes = new ConcurrentHashMap<>();
    private final Map<String, Cell> cells = new ConcurrentHashMap<>(); // by the name of the outermost class
    private final Weaver weaver;
    private final Object bodies = new Object(); // held while classes in use get new bodies
    private volatile Depth depth = Depth.LOADED; // to which all are woven; changed while bodies is held

    CellLoader(SharedView shared) {
        super(shared); // without a name, which stack traces would show in each frame
        Function<String, byte @Nullable []> own = name -> {
            CellClass known = classes.get(name);
            return known == null ? null : known.original();
        };
        weaver = new Weaver(own, shared);
    }

    /// {@return the frame with the file that its line belongs to}
    ///
    /// The JVM remembers the file of a class from the first stack trace on, also when the class has got new
    /// bodies with the lines of another cell.
    StackTraceElement placed(StackTraceElement frame) {
        CellClass known = classes.get(frame.getClassName());
        String file = frame.getFileName();
        if (known == null || file == null || file.equals(known.origin().file())) {
            return frame;
        }
        return new StackTraceElement(
                frame.getClassLoaderName(),
                frame.getModuleName(),
                frame.getModuleVersion(),
                frame.getClassName(),
                frame.getMethodName(),
                known.origin().file(),
                frame.getLineNumber());
    }

    @Override
    public @Nullable Cell owner(Class<?> type) {
        return type.getClassLoader() == this ? owner(type.getName()) : null;
    }

    @Override
    public @Nullable Cell owner(String className) {
        return CellClassName.is(className) ? cells.get(CellClassName.outermost(className)) : null;
    }

    /// Takes in the classes of a cell, but for those that are in use. Those of one cell are known to each other
    /// before any is woven.
    void add(Map<String, Program.Compiled> added, Cell cell) {
        added.forEach((name, compiled) ->
                classes.putIfAbsent(name, new CellClass(compiled.bytes(), compiled.bytes(), compiled.origin(), cell)));
        added.forEach((name, compiled) -> {
            byte[] woven = weave(compiled.bytes(), compiled.origin());
            replaceUnused(name, new CellClass(compiled.bytes(), woven, compiled.origin(), cell));
            String wrapper = CellClassName.outermost(name);
            if (compiled.declared() || !cells.containsKey(wrapper)) {
                own(wrapper, cell);
            }
        });
    }

    /// Says whose a class and those nested in it are.
    void own(String wrapper, Cell cell) {
        cells.put(wrapper, cell);
    }

    /// @throws IllegalArgumentException  if the bytes name a class that is not found
    byte[] weave(byte[] original, Origin origin) {
        return weaver.weave(original, origin);
    }

    @Nullable
    CellClass known(String name) {
        return classes.get(name);
    }

    boolean isDefined(String name) {
        return loaded(name) != null;
    }

    /// Replaces a class, or takes it back where null is given, unless it is in use.
    ///
    /// @return whether it was not
    boolean replaceUnused(String name, @Nullable CellClass by) {
        synchronized (this) {
            if (findLoadedClass(name) != null) {
                return false;
            }
            if (by == null) {
                classes.remove(name);
            } else {
                classes.put(name, by);
            }
            return true;
        }
    }

    /// Gives classes in use new bodies: all of them or none.
    void redefine(Map<String, CellClass> changed) {
        synchronized (bodies) {
            redefine(changed, depth);
            classes.putAll(changed);
        }
    }

    /// Weaves all classes to another depth, those in use and those to come.
    ///
    /// @return the depth before
    /// @throws IllegalStateException  if the JVM refuses; then everything is as before
    Depth deepen(Depth wanted) {
        synchronized (bodies) {
            Depth before = depth;
            if (before != wanted) {
                redefine(Map.copyOf(classes), wanted);
                depth = wanted;
            }
            return before;
        }
    }

    private void redefine(Map<String, CellClass> changed, Depth to) {
        Map<Class<?>, byte[]> loaded = new LinkedHashMap<>();
        changed.forEach((name, cellClass) -> {
            Class<?> type = loaded(name);
            if (type != null) {
                loaded.put(type, woven(cellClass, to));
            }
        });
        if (!loaded.isEmpty()) {
            RedefineClasses.open()
                    .orElseThrow(() -> new IllegalStateException("no door to redefine " + changed.keySet()))
                    .redefine(loaded);
        }
    }

    private byte[] woven(CellClass known, Depth to) {
        return switch (to) {
            case LOADED -> known.woven();
            case LOCKED, EXPLORED ->
                weaver.weave(known.original(), known.origin(), to).bytes();
        };
    }

    /// Owns nothing from now on; classes that are in use stay so.
    void forget() {
        cells.clear();
    }

    /// {@return the bytes of a class as it is defined; empty for a class of no cell}
    Optional<byte[]> woven(String className) {
        return Optional.ofNullable(classes.get(className)).map(CellClass::woven);
    }

    /// {@return the bytes of a class as another process can define it; empty for a class of no cell}
    Optional<byte[]> carried(String className) {
        return Optional.ofNullable(classes.get(className))
                .map(known -> weaver.carried(known.original(), known.origin()));
    }

    /// {@return the objects that the cells' variables hold at this moment, by the variables' names}; where
    /// a name was declared again, the newer one
    Map<String, Object> variables() {
        var variables = new HashMap<String, Object>();
        cells.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().number()))
                .forEach(entry -> {
                    Class<?> loaded = loaded(entry.getKey());
                    if (loaded != null) {
                        collect(loaded, variables);
                    }
                });
        return variables;
    }

    /// {@return whether a variable has another value than the one it begins with}
    boolean holds(String wrapper, String variable) {
        Class<?> type = loaded(wrapper);
        if (type == null) {
            return false;
        }
        try {
            Field field = type.getDeclaredField(variable);
            field.setAccessible(true);
            return !Objects.deepEquals(field.get(null), Array.get(Array.newInstance(field.getType(), 1), 0));
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new IllegalStateException("%s has no variable %s to read".formatted(wrapper, variable), e);
        }
    }

    /// {@return the loaded classes that hold the variables of cells, with their cells}
    Map<Class<?>, Cell> wrappers() {
        var wrappers = new HashMap<Class<?>, Cell>();
        cells.forEach((name, cell) -> {
            Class<?> loaded = loaded(name);
            if (loaded != null) {
                wrappers.put(loaded, cell);
            }
        });
        return wrappers;
    }

    private @Nullable Class<?> loaded(String className) {
        synchronized (this) {
            return findLoadedClass(className);
        }
    }

    private static void collect(Class<?> wrapper, Map<String, Object> variables) {
        for (Field field : wrapper.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                try {
                    Object value = field.get(null);
                    if (value != null) {
                        variables.put(field.getName(), value);
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field + " was made accessible but is not", e);
                }
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        synchronized (this) {
            CellClass known = classes.get(name);
            if (known == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] woven = woven(known, depth);
            return defineClass(name, woven, 0, woven.length);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (!name.endsWith(".class")) {
            return null;
        }
        CellClass known =
                classes.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        return known == null ? null : url(name, known.original());
    }

    private static URL url(String name, byte[] bytes) {
        try {
            return URL.of(URI.create("cell:///" + name.replace("$", "%24")), new Bytes(bytes));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a URL of our own form", e);
        }
    }

    private static final class Bytes extends URLStreamHandler {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    // the bytes are here
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
