package threadbook.kernel.jvm;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;

/// The functions behind a pointer of JNI or JVMTI: the pointer points to an array of functions.
///
/// @param self  the interface pointer, the first argument of each of its functions
/// @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jni/functions.html">JNI: indexes of the
/// functions</a>
/// @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jvmti.html">JVMTI: numbers of the functions, less
/// one</a>
record NativeTable(MemorySegment self) {
    private static final int LENGTH = 260;

    /// {@return the address of the function at an index of the table}
    MemorySegment at(int index) {
        return self.reinterpret(ADDRESS.byteSize())
                .get(ADDRESS, 0)
                .reinterpret(ADDRESS.byteSize() * LENGTH)
                .getAtIndex(ADDRESS, index);
    }
}
