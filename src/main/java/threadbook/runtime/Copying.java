package threadbook.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Who can load a program's classes once more, with static variables of their own: the kernel, which has
/// their bytes. Any thread may ask.
///
/// In a program without a kernel nobody can.
@FunctionalInterface
public interface Copying {

    /// {@return a loader that defines the classes of another one anew}, woven as they are when nobody explores;
    /// empty if it is none of the program's
    Optional<ClassLoader> copy(ClassLoader classes);

    /// {@return who is asked}
    static Copying current() {
        return NobodyCopies.CURRENT.get();
    }

    /// Puts somebody in charge, for the kernel when it starts.
    ///
    /// @return who was
    static Copying install(Copying one) {
        return NobodyCopies.CURRENT.getAndSet(one);
    }
}

/// Copies no classes.
final class NobodyCopies {
    static final AtomicReference<Copying> CURRENT = new AtomicReference<>(classes -> Optional.empty());

    private NobodyCopies() {}
}
