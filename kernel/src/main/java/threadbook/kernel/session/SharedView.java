package threadbook.kernel.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What cells see of this process: the JDK, the helper library, Tablesaw and the jars it brings.
///
/// All jars are on one class path, because the JDK's AOT cache serves only that one; this loader lets
/// pass what is in the table below and hides the rest: the kernel, JeroMQ. So a cell may bring any version
/// of a library that only the kernel uses.
final class SharedView extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /// Packages with all that lies below them. A test compares them with the jars the library depends on.
    private static final List<String> VISIBLE = List.of(
            "threadbook.runtime.",
            "threadbook.lab.",
            "tech.tablesaw.",
            "com.fasterxml.jackson.",
            "com.google.",
            "com.ibm.icu.",
            "com.univocity.parsers.",
            "io.github.classgraph.",
            "nonapi.io.github.classgraph.",
            "io.pebbletemplates.",
            "it.unimi.dsi.fastutil.",
            "org.apache.commons.math3.",
            "org.jspecify.",
            "org.roaringbitmap.",
            "org.slf4j.",
            "org.unbescape.");

    private final ClassLoader all;

    /// @param all  has everything
    SharedView(ClassLoader all) {
        super("shared", getPlatformClassLoader());
        this.all = all;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!visible(name)) {
            throw new ClassNotFoundException(name);
        }
        return all.loadClass(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return visible(name.replace('/', '.')) ? all.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return visible(name.replace('/', '.')) ? all.getResources(name) : Collections.emptyEnumeration();
    }

    /// @param name  of a class or a resource, with dots
    static boolean visible(String name) {
        return VISIBLE.stream().anyMatch(name::startsWith) || name.startsWith("META-INF.services.threadbook.runtime.");
    }

    /// {@return the jars and folders of the class path that hold something visible}: what javac is shown
    static List<Path> visibleClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(SharedView::holdsVisible)
                .toList();
    }

    private static boolean holdsVisible(Path entry) {
        if (Files.isDirectory(entry)) {
            return VISIBLE.stream().anyMatch(prefix -> Files.isDirectory(entry.resolve(prefix.replace('.', '/'))));
        }
        if (!Files.isRegularFile(entry)) {
            return false; // the class path may name what is not there
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return jar.stream().anyMatch(one -> visible(one.getName().replace('/', '.')));
        } catch (IOException e) {
            throw new UncheckedIOException("jar of the class path: " + entry, e);
        }
    }
}
