package threadbook.weaving;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns the bytes that javac made into the bytes that are loaded. Any thread may use it.
///
/// The passes run in this order, each seeing what the one before it made:
/// 1. [Lines]: stack traces name the cell and its line;
/// 2. [Modifiers]: `volatile` and `synchronized` at top level are what was written;
/// 3. [Portable]: objects can travel to another process;
/// 4. [Redirects]: `System.exit` and its like end the cell only; reflection sees what was written;
/// 5. [Monitors]: `synchronized` methods become blocks, so that the next passes see their monitors;
/// 6. [Calls], for exploring only: calls into code that is not woven can be taken over;
/// 7. [Accesses]: what another thread could see can be listened to;
/// 8. [Turns], for exploring only: each turn of a loop is told;
/// 9. [Handovers]: a task that is handed to an executor stays its cell's;
/// 10. [Releases], for running under a global lock only: what may wait drops it;
/// 11. [Entrances], for running under a global lock only: who comes from elsewhere takes it;
/// 12. [Stops]: every loop and every method can be stopped. Last, so that it sees all code there is.
///
/// What travels to another process has the first three alone.
///
/// No class becomes unusable by being woven: one that the sites make too large for the class file format
/// has no access sites, and if need be no stop sites.
public final class Weaver {
    private static final List<Pass> PLAIN = List.of(new Lines(), new Modifiers(), new Portable());
    private static final List<Pass> REPAIRS =
            List.of(new Lines(), new Modifiers(), new Portable(), new Redirects(), new Monitors());
    private static final List<Pass> STOPS = List.of(new Blind(), new Handovers(), new Stops());
    private static final List<Pass> ALL = List.of(
            new Calls(),
            new Accesses(),
            new Turns(),
            new Blind(),
            new Handovers(),
            new Releases(),
            new Entrances(),
            new Stops());

    /// The first version of the class file format that has `invokedynamic`.
    private static final int DYNAMIC = ClassFile.JAVA_7_VERSION;

    private final ClassFile classFile;
    private final Foreign foreign;

    /// @param own     the original bytes of every woven class by its name with dots, else null; these may
    ///                change with time
    /// @param shared  has the bytes of all other classes outside the JDK as resources
    public Weaver(Function<String, byte @Nullable []> own, ClassLoader shared) {
        classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(Hierarchy.of(own, shared)));
        foreign = new Foreign(own);
    }

    /// {@return the class as it is to be loaded}; `original` is left as it is
    ///
    /// @throws IllegalArgumentException  if the bytes are no class
    public byte[] weave(byte[] original, Origin origin) {
        return weave(original, origin, Depth.LOADED).bytes();
    }

    /// {@return the class woven to a depth}; it has the fields, methods and flags of any other depth
    ///
    /// @throws IllegalArgumentException  if the bytes are no class
    public Woven weave(byte[] original, Origin origin, Depth depth) {
        ClassModel model = classFile.parse(original);
        if (model.majorVersion() < DYNAMIC) {
            return weave(new Weaving(model, origin, depth, foreign), List.of());
        }
        try {
            return weave(new Weaving(model, origin, depth, foreign), ALL);
        } catch (IllegalArgumentException e) {
            return withFewerSites(model, origin, depth, e);
        }
    }

    /// {@return the class as it is to be defined in another process}: without sites, and `System.exit` is what it is
    ///
    /// @throws IllegalArgumentException  if the bytes are no class
    public byte[] carried(byte[] original, Origin origin) {
        ClassModel model = classFile.parse(original);
        return weave(new Weaving(model, origin, Depth.LOADED, foreign), PLAIN, List.of())
                .bytes();
    }

    /// The sites are not counted exactly, and the constant pool has a limit too.
    private Woven withFewerSites(ClassModel model, Origin origin, Depth depth, IllegalArgumentException reason) {
        try {
            return weave(new Weaving(model, origin, depth, foreign), STOPS);
        } catch (IllegalArgumentException e) {
            reason.addSuppressed(e);
        }
        try {
            return weave(new Weaving(model, origin, depth, foreign), List.of());
        } catch (IllegalArgumentException e) {
            e.addSuppressed(reason);
            throw e;
        }
    }

    private Woven weave(Weaving weaving, List<Pass> sites) {
        return weave(weaving, REPAIRS, sites);
    }

    private Woven weave(Weaving weaving, List<Pass> repairs, List<Pass> sites) {
        if (sites != ALL) {
            weaving.original().methods().stream()
                    .filter(method -> method.code().isPresent())
                    .forEach(weaving::spare);
        }
        ClassTransform all = Stream.concat(repairs.stream(), sites.stream())
                .map(pass -> pass.of(weaving))
                .filter(transform -> transform != Pass.NOTHING)
                .reduce(ClassTransform::andThen)
                .orElse(Pass.NOTHING);
        return new Woven(classFile.transformClass(weaving.original(), all), weaving.spared());
    }
}
