package threadbook.kernel.jvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/// A function of the JVM's native interfaces that takes pointers.
///
/// Called by `invokeExact` only: nothing but the call itself may run between two calls, because a native
/// method that returns in between would free JNI's local references ([StopThread]).
record NativeFunction(MethodHandle handle) {

    static NativeFunction toPointer(MemorySegment address, int arguments) {
        return link(address, FunctionDescriptor.of(ADDRESS, pointers(arguments)));
    }

    static NativeFunction toInt(MemorySegment address, int arguments) {
        return link(address, FunctionDescriptor.of(JAVA_INT, pointers(arguments)));
    }

    static NativeFunction toByte(MemorySegment address, int arguments) {
        return link(address, FunctionDescriptor.of(JAVA_BYTE, pointers(arguments)));
    }

    static NativeFunction toNothing(MemorySegment address, int arguments) {
        return link(address, FunctionDescriptor.ofVoid(pointers(arguments)));
    }

    private static NativeFunction link(MemorySegment address, FunctionDescriptor type) {
        return new NativeFunction(Linker.nativeLinker().downcallHandle(address, type));
    }

    private static MemoryLayout[] pointers(int count) {
        return Collections.nCopies(count, ADDRESS).toArray(MemoryLayout[]::new);
    }

    MemorySegment pointer(MemorySegment a, MemorySegment b) {
        try {
            return (MemorySegment) handle.invokeExact(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    MemorySegment pointer(MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            return (MemorySegment) handle.invokeExact(a, b, c);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    MemorySegment pointer(MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d) {
        try {
            return (MemorySegment) handle.invokeExact(a, b, c, d);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int code(MemorySegment a, MemorySegment b) {
        try {
            return (int) handle.invokeExact(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int code(MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            return (int) handle.invokeExact(a, b, c);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    boolean truth(MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            return (byte) handle.invokeExact(a, b, c) != 0;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void run(MemorySegment a, MemorySegment b) {
        try {
            handle.invokeExact(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// What `invokeExact` is declared to throw; a native function throws nothing itself.
    private static IllegalStateException failed(Throwable e) {
        return new IllegalStateException("a native function of the JVM could not be called", e);
    }
}
