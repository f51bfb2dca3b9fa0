package threadbook.kernel.interrupt;

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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Throws an exception in another thread, wherever that thread is: JVMTI's `StopThread`, reached from
/// Java through the foreign-function interface. The only way out of `CompletableFuture.join`,
/// `Lock.lock` and loops inside the JDK, which know no interrupt.
///
/// An internal door: the exception may strike the JDK in the middle of an update, so it is a late rung of
/// the ladder, never used on a thread that is inside the kernel. It does not help a thread that is in
/// native code or waits to enter a monitor. Call it on platform threads.
///
/// JNI's local references, which the arguments are, die as soon as any native method of Java returns on
/// this thread. So an object reaches native code through a static field, read by JNI, made a global
/// reference in the very next call, and checked to be the one that was meant; a lost one is tried again.
///
/// @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jvmti.html#StopThread">StopThread</a>
final class StopThread {
    private static final int JVMTI_VERSION = 0x30010200;
    private static final int JNI_VERSION = 0x00150000;
    private static final int TRIES = 5;
    private static final long MEET_FOR_NANOS = 100_000_000;
    private static final long CAN_SIGNAL_THREAD = 1L << 10;
    private static final long CAN_SUSPEND = 1L << 20;
    private static final long CAN_SUPPORT_VIRTUAL_THREADS = 1L << 44;

    /// The object on its way into native code; written and read by the thread that holds the monitor of
    /// the one [StopThread].
    static volatile @Nullable Object slot;

    private final MemorySegment virtualMachine;
    private final MethodHandle getEnvironment;
    private final NativeTable jvmti;
    private final NativeFunction suspend;
    private final NativeFunction resume;
    private final NativeFunction stop;
    private final NativeFunction newGlobal;
    private final NativeFunction deleteGlobal;
    private final NativeFunction getSlot;
    private final NativeFunction isSame;
    private final MemorySegment holder;
    private final MemorySegment slotField;

    /// The one door of the process: JVMTI lends the right to suspend threads only once.
    private static final class Door {
        static final Optional<StopThread> ONE = tryOpen();
    }

    /// {@return the door, the same at each call, or empty where this JVM has none}
    static Optional<StopThread> open() {
        return Door.ONE;
    }

    private static Optional<StopThread> tryOpen() {
        Path library = Path.of(System.getProperty("java.home"), "lib", "server", System.mapLibraryName("jvm"));
        if (!Files.exists(library)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StopThread(SymbolLookup.libraryLookup(library, Arena.global())));
        } catch (IllegalStateException | IllegalArgumentException | IllegalCallerException _) {
            return Optional.empty(); // the ladder goes on without this rung, and %about says so
        }
    }

    private StopThread(SymbolLookup libjvm) {
        virtualMachine = createdVirtualMachine(libjvm);
        getEnvironment = Linker.nativeLinker()
                .downcallHandle(
                        new NativeTable(virtualMachine).at(6),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        jvmti = new NativeTable(environment(JVMTI_VERSION));
        addCapabilities();
        suspend = NativeFunction.toInt(jvmti.at(4), 2);
        resume = NativeFunction.toInt(jvmti.at(5), 2);
        stop = NativeFunction.toInt(jvmti.at(6), 3);

        var jni = new NativeTable(environment(JNI_VERSION));
        newGlobal = NativeFunction.toPointer(jni.at(21), 2);
        deleteGlobal = NativeFunction.toNothing(jni.at(22), 2);
        isSame = NativeFunction.toByte(jni.at(24), 3);
        getSlot = NativeFunction.toPointer(jni.at(145), 3);
        try (Arena arena = Arena.ofConfined()) {
            holder = new NativeClasses(jni, newGlobal, arena).find(StopThread.class);
            slotField = NativeFunction.toPointer(jni.at(144), 4)
                    .pointer(jni.self(), holder, arena.allocateFrom("slot"), arena.allocateFrom("Ljava/lang/Object;"));
        }
        for (int i = 0; i < TRIES; i++) { // links every stub now, so that nothing native runs between two calls later
            deleteGlobal.run(jni.self(), global(jni.self(), this));
        }
        slot = null;
    }

    /// Throws the exception in the thread, at its next instruction of Java, and does not wait for that.
    ///
    /// A virtual thread is suspended for the moment, because JVMTI asks for that; for one that
    /// is parked this takes some tries, 100 ms at most.
    ///
    /// @return whether the JVM took it; false if the thread has ended or cannot be stopped where it is
    synchronized boolean stop(Thread thread, Throwable exception) {
        MemorySegment jni = environment(JNI_VERSION);
        MemorySegment target = global(jni, thread);
        MemorySegment thrown = global(jni, exception);
        slot = null;
        try {
            if (!thread.isVirtual()) {
                return stop.code(jvmti.self(), target, thrown) == 0;
            }
            return stopMounted(thread, target, thrown);
        } finally {
            deleteGlobal.run(jni, target);
            deleteGlobal.run(jni, thrown);
        }
    }

    /// Stops a virtual thread, which must be on a carrier and suspended for that.
    ///
    /// One that is parked has no carrier. It is unparked, which is a spurious wake-up to the code that
    /// waits, and suspended in the microseconds until it parks again; it takes some tries to meet it there.
    private boolean stopMounted(Thread thread, MemorySegment target, MemorySegment thrown) {
        long deadline = System.nanoTime() + MEET_FOR_NANOS;
        for (int i = 0; thread.isAlive() && System.nanoTime() - deadline < 0; i++) {
            if (suspend.code(jvmti.self(), target) == 0) {
                boolean stopped = stop.code(jvmti.self(), target, thrown) == 0;
                check("ResumeThread", resume.code(jvmti.self(), target));
                if (stopped) {
                    return true;
                }
            }
            LockSupport.unpark(thread);
            for (int spin = 0; spin < i % 64 * 64; spin++) {
                Thread.onSpinWait();
            }
        }
        return false;
    }

    /// {@return a global reference to the object; whoever asked for it deletes it}
    private MemorySegment global(MemorySegment jni, Object object) {
        slot = object;
        for (int i = 0; i < TRIES; i++) {
            MemorySegment reference = newGlobal.pointer(jni, getSlot.pointer(jni, holder, slotField));
            if (isSame.truth(jni, reference, getSlot.pointer(jni, holder, slotField)) && reference.address() != 0) {
                return reference;
            }
        }
        throw new IllegalStateException("no reference to a " + object.getClass() + " in " + TRIES + " tries");
    }

    private void addCapabilities() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment capabilities = arena.allocate(16, 8);
            capabilities.set(JAVA_LONG, 0, CAN_SIGNAL_THREAD | CAN_SUSPEND | CAN_SUPPORT_VIRTUAL_THREADS);
            check("AddCapabilities", NativeFunction.toInt(jvmti.at(141), 2).code(jvmti.self(), capabilities));
        }
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

    private static void check(String function, int code) {
        if (code != 0) {
            throw new IllegalStateException(function + " answered with error " + code + ", expected 0");
        }
    }
}
