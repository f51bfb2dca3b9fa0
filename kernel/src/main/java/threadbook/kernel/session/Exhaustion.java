package threadbook.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a cell used up when it ended with an OutOfMemoryError, told by the JVM's message.
///
/// @see <a href="https://docs.oracle.com/en/java/javase/25/troubleshoot/troubleshooting-memory-leaks.html">The
/// JVM's OutOfMemoryErrors</a>
enum Exhaustion {
    HEAP("java heap space", "gc overhead limit"),
    ARRAY(
            "requested array size exceeds",
            "required length exceeds",
            "required array length too large",
            "string length out of range",
            "size of array exceeds",
            "utf16 string size"),
    THREADS("unable to create native thread", "unable to start a native thread"),
    DIRECT("direct buffer memory", "direct memory"),
    CLASSES("metaspace", "compressed class space"),
    OTHER;

    private final List<String> signs;

    Exhaustion(String... signs) {
        this.signs = List.of(signs);
    }

    /// @param error  the exception that ended the cell; an OutOfMemoryError is it or among its causes
    static Exhaustion of(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && !(cause instanceof OutOfMemoryError)) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        for (Exhaustion one : values()) {
            if (one.signs.stream().anyMatch(message::contains)) {
                return one;
            }
        }
        return OTHER;
    }

    /// {@return what happened and what to do, in plain words, a line each}
    ///
    /// @param left  of the heap: what was found there; of the threads: what became of them
    List<String> words(List<String> left) {
        return switch (this) {
            case HEAP ->
                left.isEmpty()
                        ? List.of(full(), "What the cell kept for itself alone is free again.")
                        : join(full(), left);
            case ARRAY ->
                List.of(
                        "No array, text or collection in Java can have so many elements: the limit is about 2.1 billion.");
            case THREADS -> join("The system gave Java no further thread.", left);
            case DIRECT ->
                List.of(
                        "Buffers outside the heap may take up %s in all. A buffer is given back once nothing refers to it."
                                .formatted(megabytes(Runtime.getRuntime().maxMemory())));
            case CLASSES -> List.of("The memory for classes is used up: too many were made while the kernel ran.");
            case OTHER -> List.of();
        };
    }

    private static String full() {
        return "The notebook's memory did not suffice: Java may use %s here."
                .formatted(megabytes(Runtime.getRuntime().maxMemory()));
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 19)) >> 20);
    }

    private static List<String> join(String first, List<String> others) {
        var all = new ArrayList<String>();
        all.add(first);
        all.addAll(others);
        return all;
    }
}
