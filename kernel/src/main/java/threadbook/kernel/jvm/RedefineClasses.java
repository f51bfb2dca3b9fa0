package threadbook.kernel.jvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives the methods of loaded classes new bodies: JVMTI's `RedefineClasses`, reached from Java through the
/// foreign-function interface. Objects, statics and running calls stay; the next call runs the new body.
///
/// Not `java.lang.instrument`, which needs an agent's jar on the command line and starts the JVM later by
/// the time that loading it takes.
///
/// Its self-test redefines a class of its own when the door opens, and not only to see that it works: at
/// the first redefinition the JVM throws away everything that was compiled by then. Open it early.
///
/// @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jvmti.html#RedefineClasses">RedefineClasses</a>
public final class RedefineClasses {
    private static final long CAN_REDEFINE_CLASSES = 1L << 9;
    private static final long DEFINITION = 24; // jvmtiClassDefinition: a class, a length, a pointer to the bytes
    private static final byte[] BEFORE = {0x10, Probe.ANSWER, (byte) 0xac}; // bipush 41, ireturn

    private final NativeMachine machine;
    private final NativeTable jvmti;
    private final MethodHandle redefine;

    private static final class Door {
        static final Optional<RedefineClasses> ONE = NativeMachine.door(RedefineClasses::new);
    }

    /// What the self-test redefines.
    private static final class Probe {
        private static final byte ANSWER = 41;

        static int answer() {
            return ANSWER;
        }
    }

    /// {@return the door, the same at each call, or empty where this JVM has none}
    public static Optional<RedefineClasses> open() {
        return Door.ONE;
    }

    private RedefineClasses(NativeMachine machine) {
        this.machine = machine;
        jvmti = machine.jvmti(CAN_REDEFINE_CLASSES);
        redefine = Linker.nativeLinker()
                .downcallHandle(jvmti.at(86), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
        redefine(Map.of(Probe.class, answeringOneMore()));
        if (Probe.answer() != Probe.ANSWER + 1) {
            throw new IllegalStateException("a redefined method still has its old body");
        }
    }

    private static byte[] answeringOneMore() {
        byte[] bytes;
        String name = RedefineClasses.class.getSimpleName() + "$" + Probe.class.getSimpleName() + ".class";
        try (InputStream in = RedefineClasses.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the bytes of " + name + " are not found");
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        for (int i = 0; i + BEFORE.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + BEFORE.length, BEFORE, 0, BEFORE.length)) {
                bytes[i + 1]++;
                return bytes;
            }
        }
        throw new IllegalStateException("javac compiles " + name + " otherwise");
    }

    /// Redefines all of the classes or none; returns when the new bodies are in force.
    ///
    /// Any thread may call it. All threads stand still for the moment, some milliseconds.
    ///
    /// @param bodies  for each class its whole class file, which may differ in nothing but bodies of methods,
    ///     lines, and the name of the source
    /// @throws IllegalStateException  if the JVM refuses, with the number of its reason
    public synchronized void redefine(Map<Class<?>, byte[]> bodies) {
        List<MemorySegment> references = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment definitions = arena.allocate(DEFINITION * bodies.size(), 8);
            bodies.forEach((type, bytes) -> {
                long at = DEFINITION * references.size();
                references.add(machine.reference(type));
                definitions.set(ADDRESS, at, references.getLast());
                definitions.set(JAVA_INT, at + 8, bytes.length);
                definitions.set(ADDRESS, at + 16, arena.allocateFrom(JAVA_BYTE, bytes));
            });
            NativeMachine.check("RedefineClasses", call(bodies.size(), definitions));
        } finally {
            references.forEach(machine::delete);
        }
    }

    private int call(int count, MemorySegment definitions) {
        try {
            return (int) redefine.invokeExact(jvmti.self(), count, definitions);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what invokeExact is declared to throw
            throw new IllegalStateException("RedefineClasses could not be called", e);
        }
    }
}
