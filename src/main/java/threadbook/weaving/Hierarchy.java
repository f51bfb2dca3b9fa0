package threadbook.weaving;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who extends whom, read from bytes and never by loading a class.
///
/// The JDK's own resolver knows neither classes that are not loaded yet nor those of our loaders, and
/// fails on a method that merges two of them (JDK-8366926).
public final class Hierarchy {
    private Hierarchy() {}

    /// @param own     the bytes of a class by its name with dots, or null; these may change with time
    /// @param shared  has the bytes of all other classes outside the JDK as resources
    public static ClassHierarchyResolver of(Function<String, byte @Nullable []> own, ClassLoader shared) {
        ClassHierarchyResolver resolver = ClassHierarchyResolver.ofResourceParsing(type -> own(own, type))
                .orElse(ClassHierarchyResolver.defaultResolver());
        return resolver.orElse(ClassHierarchyResolver.ofResourceParsing(shared).cached());
    }

    private static @Nullable InputStream own(Function<String, byte @Nullable []> own, ClassDesc type) {
        String descriptor = type.descriptorString();
        byte[] bytes =
                own.apply(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
}
