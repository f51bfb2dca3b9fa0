package threadbook.weaving;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.util.List;

/// Turns the bytes that javac made into the bytes that are loaded. Any thread may use it.
///
/// The passes run in this order, each seeing what the one before it made:
/// 1. [Lines]: stack traces name the cell and its line;
/// 2. [Modifiers]: `volatile` and `synchronized` at top level are what was written;
/// 3. [Exits]: `System.exit` and its like end the cell only;
/// 4. [Stops]: every loop and every method can be stopped. Last, so that it sees all code there is.
public final class Weaver {
    private static final List<Pass> PASSES = List.of(new Lines(), new Modifiers(), new Exits(), new Stops());

    private final ClassFile classFile;

    /// @param hierarchy  knows every class that the woven classes name, see [Hierarchy]
    public Weaver(ClassHierarchyResolver hierarchy) {
        classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /// {@return the woven class}; `original` is left as it is
    ///
    /// @throws IllegalArgumentException  if the bytes are no class, or a class they name is not found
    public byte[] weave(byte[] original, Origin origin) {
        ClassTransform all =
                PASSES.stream().map(pass -> pass.of(origin)).reduce(ClassTransform.ACCEPT_ALL, ClassTransform::andThen);
        return classFile.transformClass(classFile.parse(original), all);
    }
}
