package threadbook.runtime;

import org.jspecify.annotations.Nullable;

/// Tells whoever watches a run what its threads do with a global lock that is made by hand, such as a model
/// of CPython's.
///
/// The lock itself calls [#asks], [#took] and [#gaveUp], always on the thread that it concerns. While nobody
/// listens each is one volatile read.
public final class GlobalLocking {
    private static volatile @Nullable Listener listener; // any thread that uses a global lock reads it

    /// Is told on the thread concerned, must not throw and must not wait.
    public interface Listener {

        /// The calling thread is about to wait for the lock.
        void asks(Object lock);

        /// The calling thread has just got the lock.
        void took(Object lock);

        /// The calling thread is about to make the lock free.
        void gaveUp(Object lock);
    }

    private GlobalLocking() {}

    /// Tells this listener until [#ignore].
    public static void listen(Listener one) {
        listener = one;
    }

    /// Tells nobody any more.
    public static void ignore() {
        listener = null;
    }

    /// The calling thread is about to wait for the lock, or to take it at once if it is free.
    public static void asks(Object lock) {
        Listener one = listener;
        if (one != null) {
            one.asks(lock);
        }
    }

    /// The calling thread has just got the lock.
    public static void took(Object lock) {
        Listener one = listener;
        if (one != null) {
            one.took(lock);
        }
    }

    /// The calling thread is about to make the lock free. Before and not after, so that nobody has it twice.
    public static void gaveUp(Object lock) {
        Listener one = listener;
        if (one != null) {
            one.gaveUp(lock);
        }
    }
}
