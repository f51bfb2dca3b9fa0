package threadbook.runtime;

import java.util.concurrent.atomic.AtomicReference;

/// Who can prepare classes that are in use for being explored: the kernel, which has their bytes.
///
/// In a program without a kernel the classes must have been woven so when they were loaded.
@FunctionalInterface
public interface Exploring {

    /// Prepares the classes of a loader.
    ///
    /// @return what makes them again as they were
    Woven prepare(ClassLoader classes);

    /// Classes that are prepared.
    @FunctionalInterface
    interface Woven extends AutoCloseable {
        /// Makes the classes again as they were.
        @Override
        void close();
    }

    /// Puts somebody in charge, for the kernel when it starts.
    static void install(Exploring preparer) {
        NobodyPrepares.CURRENT.set(preparer);
    }

    /// Prepares the classes of a loader by whoever is in charge.
    static Woven weave(ClassLoader classes) {
        return NobodyPrepares.CURRENT.get().prepare(classes);
    }
}

/// Leaves classes as they are.
final class NobodyPrepares {
    static final AtomicReference<Exploring> CURRENT = new AtomicReference<>(classes -> () -> {});

    private NobodyPrepares() {}
}
