package threadbook.kernel.jvm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Finds classes of the application for native code.
///
/// `FindClass`, called without a Java frame of ours, sees only the classes of the boot loader; so the
/// class is asked of the system class loader, as `ClassLoader.getSystemClassLoader().loadClass(name)`.
final class NativeClasses {
    private static final String CLASS_LOADER = "java/lang/ClassLoader";

    private final NativeTable jni;
    private final NativeFunction newGlobal;
    private final Arena arena;

    NativeClasses(NativeTable jni, NativeFunction newGlobal, Arena arena) {
        this.jni = jni;
        this.newGlobal = newGlobal;
        this.arena = arena;
    }

    /// {@return a global reference to the class, which is never deleted}
    MemorySegment find(Class<?> type) {
        var findClass = NativeFunction.toPointer(jni.at(6), 2);
        var getMethod = NativeFunction.toPointer(jni.at(33), 4);
        var getStaticMethod = NativeFunction.toPointer(jni.at(113), 4);
        var callObject = NativeFunction.toPointer(jni.at(36), 4);
        var callStaticObject = NativeFunction.toPointer(jni.at(116), 4);
        var newString = NativeFunction.toPointer(jni.at(167), 2);

        MemorySegment name = text(CLASS_LOADER);
        MemorySegment nothing = arena.allocate(8, 8);
        global(() -> findClass.pointer(jni.self(), name)); // links the stubs; see NativeFunction
        MemorySegment loaderClass = global(() -> findClass.pointer(jni.self(), name));
        MemorySegment system = getStaticMethod.pointer(
                jni.self(), loaderClass, text("getSystemClassLoader"), text("()L" + CLASS_LOADER + ";"));
        MemorySegment load = getMethod.pointer(
                jni.self(), loaderClass, text("loadClass"), text("(Ljava/lang/String;)Ljava/lang/Class;"));
        global(() -> callStaticObject.pointer(jni.self(), loaderClass, system, nothing));
        MemorySegment loader = global(() -> callStaticObject.pointer(jni.self(), loaderClass, system, nothing));
        MemorySegment typeName = text(type.getName());
        global(() -> newString.pointer(jni.self(), typeName));
        MemorySegment argument = arena.allocate(8, 8);
        argument.set(ValueLayout.ADDRESS, 0, global(() -> newString.pointer(jni.self(), typeName)));
        global(() -> callObject.pointer(jni.self(), loader, load, argument));
        return global(() -> callObject.pointer(jni.self(), loader, load, argument));
    }

    private MemorySegment global(LocalReference local) {
        MemorySegment reference = newGlobal.pointer(jni.self(), local.make());
        if (reference.address() == 0) {
            throw new IllegalStateException("JNI gave no reference while it looked for a class");
        }
        return reference;
    }

    private MemorySegment text(String text) {
        return arena.allocateFrom(text);
    }

    /// A call that gives a local reference, to be used in the very next call.
    private interface LocalReference {
        MemorySegment make();
    }
}
