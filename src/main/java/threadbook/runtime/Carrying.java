package threadbook.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Who can hand a program's classes to another JVM: the kernel, which has their bytes. Any thread may ask.
///
/// In a program without a kernel nobody has to: the other JVM finds them on the same class path.
@FunctionalInterface
public interface Carrying {

    /// {@return a class as another JVM can define it, free of what serves this process alone}; empty if it
    /// is none of the program's
    ///
    /// @param loader  the loader of the class
    /// @param name    the class's, with dots
    Optional<byte[]> bytes(ClassLoader loader, String name);

    /// {@return who is asked}
    static Carrying current() {
        return NobodyCarries.CURRENT.get();
    }

    /// Puts somebody in charge, for the kernel when it starts and for a process that a program has started.
    ///
    /// @return who was
    static Carrying install(Carrying one) {
        return NobodyCarries.CURRENT.getAndSet(one);
    }
}

/// Has no class.
final class NobodyCarries {
    static final AtomicReference<Carrying> CURRENT = new AtomicReference<>((loader, name) -> Optional.empty());

    private NobodyCarries() {}
}
