package threadbook.kernel.jvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The JVM of this process as native code sees it: its JVMTI and JNI, and objects as JNI references.
///
/// JNI's local references die as soon as any native method of Java returns on this thread. So an object
/// reaches native code through a static field, read by JNI, made a global reference in the very next call,
/// and checked to be the one that was meant; a lost one is tried again.
final class NativeMachine {
    private static final int JVMTI_VERSION = 0x30010200;
    private static final int JNI_VERSION = 0x00150000;
    private static final int TRIES = 5;

    /// The object on its way into native code; written and read by the thread that holds the monitor of
    /// the one [NativeMachine].
    static volatile @Nullable Object slot;

    private final MemorySegment virtualMachine;
    private final MethodHandle getEnvironment;
    private final NativeFunction newGlobal;
    private final NativeFunction deleteGlobal;
    private final NativeFunction getSlot;
    private final NativeFunction isSame;
    private final MemorySegment holder;
    private final MemorySegment slotField;

    private static final class Opened {
        static final Optional<NativeMachine> ONE = open(NativeMachine::tryOpen);
    }

    /// Opens a door; empty where this JVM has none, or not the one that was expected.
    ///
    /// @param opening  given the machine, gives the door
    static <T> Optional<T> door(Function<NativeMachine, T> opening) {
        return Opened.ONE.flatMap(machine -> open(() -> opening.apply(machine)));
    }

    private static <T> Optional<T> open(Supplier<T> opening) {
        try {
            return Optional.ofNullable(opening.get());
        } catch (IllegalStateException | IllegalArgumentException | IllegalCallerException _) {
            return Optional.empty(); // whoever asked has another way, and %about names it
        }
    }

    private static @Nullable NativeMachine tryOpen() {
        Path library = Path.of(System.getProperty("java.home"), "lib", "server", System.mapLibraryName("jvm"));
        return Files.exists(library) ? new NativeMachine(SymbolLookup.libraryLookup(library, Arena.global())) : null;
    }

    private NativeMachine(SymbolLookup libjvm) {
        virtualMachine = createdVirtualMachine(libjvm);
        getEnvironment = Linker.nativeLinker()
                .downcallHandle(
                        new NativeTable(virtualMachine).at(6),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        var jni = new NativeTable(jni());
        newGlobal = NativeFunction.toPointer(jni.at(21), 2);
        deleteGlobal = NativeFunction.toNothing(jni.at(22), 2);
        isSame = NativeFunction.toByte(jni.at(24), 3);
        getSlot = NativeFunction.toPointer(jni.at(145), 3);
        try (Arena arena = Arena.ofConfined()) {
            holder = new NativeClasses(jni, newGlobal, arena).find(NativeMachine.class);
            slotField = NativeFunction.toPointer(jni.at(144), 4)
                    .pointer(jni.self(), holder, arena.allocateFrom("slot"), arena.allocateFrom("Ljava/lang/Object;"));
        }
        for (int i = 0; i < TRIES; i++) { // links every stub now, so that nothing native runs between two calls later
            delete(reference(this));
        }
    }

    /// {@return a JVMTI environment of the caller's own}
    ///
    /// @param capabilities  what it must be able to do, as the first 64 bits of `jvmtiCapabilities`
    NativeTable jvmti(long capabilities) {
        var jvmti = new NativeTable(environment(JVMTI_VERSION));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocate(16, 8);
            wanted.set(JAVA_LONG, 0, capabilities);
            check("AddCapabilities", NativeFunction.toInt(jvmti.at(141), 2).code(jvmti.self(), wanted));
        }
        return jvmti;
    }

    /// {@return a global reference to the object}; whoever asked for it deletes it.
    synchronized MemorySegment reference(Object object) {
        MemorySegment jni = jni();
        slot = object;
        try {
            for (int i = 0; i < TRIES; i++) {
                MemorySegment reference = newGlobal.pointer(jni, getSlot.pointer(jni, holder, slotField));
                if (isSame.truth(jni, reference, getSlot.pointer(jni, holder, slotField)) && reference.address() != 0) {
                    return reference;
                }
            }
        } finally {
            slot = null;
        }
        throw new IllegalStateException("no reference to a " + object.getClass() + " in " + TRIES + " tries");
    }

    void delete(MemorySegment reference) {
        deleteGlobal.run(jni(), reference);
    }

    private MemorySegment jni() {
        return environment(JNI_VERSION);
    }

    private MemorySegment environment(int version) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            check("GetEnv", (int) getEnvironment.invokeExact(virtualMachine, pointer, version));
            return pointer.get(ADDRESS, 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what invokeExact is declared to throw
            throw new IllegalStateException("GetEnv could not be called", e);
        }
    }

    private static MemorySegment createdVirtualMachine(SymbolLookup libjvm) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(ADDRESS);
            MethodHandle createdVms = Linker.nativeLinker()
                    .downcallHandle(
                            libjvm.findOrThrow("JNI_GetCreatedJavaVMs"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
            check("JNI_GetCreatedJavaVMs", (int) createdVms.invokeExact(found, 1, arena.allocate(JAVA_INT)));
            return found.get(ADDRESS, 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what invokeExact is declared to throw
            throw new IllegalStateException("JNI_GetCreatedJavaVMs could not be called", e);
        }
    }

    static void check(String function, int code) {
        if (code != 0) {
            throw new IllegalStateException(function + " answered with error " + code + ", expected 0");
        }
    }
}
