package threadbook.kernel.session;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.jshell.Program;
import threadbook.kernel.thread.CellClasses;
import threadbook.weaving.Hierarchy;
import threadbook.weaving.Weaver;

/// Defines the classes of all cells, woven; hands out their original bytes as resources.
///
/// A class is defined at its first use, so one that has not been used can still be replaced or taken
/// back. Any thread may call it; what is defined is guarded by the loader itself, which is not
/// parallel capable, so that the JVM takes the same lock.
final class CellLoader extends ClassLoader implements CellClasses<Cell> {

    /// @param original  as javac made it
    /// @param woven     as it is defined
    /// @param cell      the run that brought it
    private record CellClass(byte[] original, byte[] woven, Cell cell) {}

    private static final String PACKAGE = "REPL.$JShell$";

    private final Map<String, CellClass> classes = new ConcurrentHashMap<>();
    private final Map<String, Cell> cells = new ConcurrentHashMap<>(); // by the name of the outermost class
    private final Weaver weaver;

    CellLoader(SharedView shared) {
        super(shared); // without a name, which stack traces would show in each frame
        Function<String, byte @Nullable []> own = name -> {
            CellClass known = classes.get(name);
            return known == null ? null : known.original;
        };
        weaver = new Weaver(Hierarchy.of(own, shared));
    }

    @Override
    public @Nullable Cell owner(Class<?> type) {
        return type.getClassLoader() == this ? owner(type.getName()) : null;
    }

    @Override
    public @Nullable Cell owner(String className) {
        return className.startsWith(PACKAGE) ? cells.get(outermost(className)) : null;
    }

    /// Takes in the classes of a cell. Those of one cell are known to each other before any is woven.
    void add(Map<String, Program.Compiled> added, Cell cell) {
        added.forEach((name, compiled) -> classes.put(name, new CellClass(compiled.bytes(), compiled.bytes(), cell)));
        added.forEach((name, compiled) -> {
            byte[] woven = weaver.weave(compiled.bytes(), compiled.origin());
            classes.put(name, new CellClass(compiled.bytes(), woven, cell));
            cells.put(outermost(name), cell);
        });
    }

    /// Takes back the classes of a program that were never used: those that a run still needs stay, as
    /// they were before its failing step.
    void revert(Program program, Map<String, byte[]> before) {
        synchronized (this) {
            program.classes().forEach((name, compiled) -> {
                CellClass known = classes.get(name);
                if (known != null && findLoadedClass(name) == null) {
                    byte[] earlier = before.get(name);
                    if (earlier == null) {
                        classes.remove(name);
                    } else {
                        classes.put(name, new CellClass(earlier, weaver.weave(earlier, compiled.origin()), known.cell));
                    }
                }
            });
        }
    }

    /// {@return the original bytes of the classes of these names that are defined}
    Map<String, byte[]> defined(Collection<String> names) {
        synchronized (this) {
            return names.stream()
                    .filter(name -> findLoadedClass(name) != null)
                    .collect(Collectors.toMap(
                            name -> name, name -> known(name).original, (one, other) -> one, LinkedHashMap::new));
        }
    }

    /// Owns nothing from now on; classes that are in use stay so.
    void forget() {
        cells.clear();
    }

    /// {@return the bytes of a class as it is defined; empty for a class of no cell}
    Optional<byte[]> woven(String className) {
        return Optional.ofNullable(classes.get(className)).map(CellClass::woven);
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

    private CellClass known(String name) {
        CellClass known = classes.get(name);
        if (known == null) {
            throw new IllegalStateException("%s is defined but its bytes are not known".formatted(name));
        }
        return known;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        synchronized (this) {
            CellClass known = classes.get(name);
            if (known == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, known.woven, 0, known.woven.length);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (!name.endsWith(".class")) {
            return null;
        }
        CellClass known =
                classes.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        return known == null ? null : url(name, known.original);
    }

    private static URL url(String name, byte[] bytes) {
        try {
            return URL.of(URI.create("cell:///" + name.replace("$", "%24")), new Bytes(bytes));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a URL of our own form", e);
        }
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$', PACKAGE.length());
        return nested < 0 ? className : className.substring(0, nested);
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
