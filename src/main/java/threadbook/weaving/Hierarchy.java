package threadbook.weaving;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who extends whom, read from bytes and never by loading a class.
///
/// The JDK's own resolver knows neither classes that are not loaded yet nor those of our loaders, and
/// fails on a method that merges two of them (JDK-8366926). A class that is nowhere, such as that of a
/// library which another one can do without, is taken for a child of Object: the JVM too does without it
/// until it is used.
final class Hierarchy {
    private Hierarchy() {}

    /// @param own     the bytes of a class by its name with dots, or null; these may change with time
    /// @param shared  has the bytes of all other classes outside the JDK as resources
    static ClassHierarchyResolver of(Function<String, byte @Nullable []> own, ClassLoader shared) {
        ClassHierarchyResolver resolver = ClassHierarchyResolver.ofResourceParsing(type -> own(own, type))
                .orElse(ClassHierarchyResolver.defaultResolver());
        return resolver.orElse(ClassHierarchyResolver.ofResourceParsing(shared).cached())
                .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));
    }

    private static @Nullable InputStream own(Function<String, byte @Nullable []> own, ClassDesc type) {
        String descriptor = type.descriptorString();
        byte[] bytes =
                own.apply(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
}
