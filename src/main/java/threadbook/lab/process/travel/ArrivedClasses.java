package threadbook.lab.process.travel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.Carrying;

/// Defines the classes that came from another process; hands them on to a third one. Any thread may use it.
public final class ArrivedClasses extends ClassLoader implements Carrying {
    private final Map<String, byte[]> arrived = new ConcurrentHashMap<>();

    public ArrivedClasses() {
        super(ArrivedClasses.class.getClassLoader());
    }

    /// Takes classes in, by their names with dots.
    public void add(Map<String, byte[]> classes) {
        arrived.putAll(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = arrived.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = name.endsWith(".class")
                ? arrived.get(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                : null;
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }

    @Override
    public Optional<byte[]> bytes(ClassLoader loader, String name) {
        return loader == this ? Optional.ofNullable(arrived.get(name)) : Optional.empty();
    }
}
