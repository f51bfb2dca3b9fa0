package threadbook.kernel.thread;

import java.util.List;
import java.util.Optional;

/// Which thread belongs to which run of a cell. Any thread may ask, about any thread.
///
/// A thread belongs to the run that started it, directly or through other threads, for as long as it
/// lives. The task of a pool, a timer or the common pool belongs to the run whose code it is: the
/// bottom-most frame of a cell on the stack.
///
/// @param <C>  what identifies one run of a cell
public final class CellThreads<C> {
    private final StackOwner<C> stacks;
    private final Inherited<C> inherited = new Inherited<>(this::current);

    /// @param classes  which run brought a class
    public CellThreads(CellClasses<C> classes) {
        stacks = new StackOwner<>(classes);
    }

    /// {@return how the owner of another thread is found here, in words}
    public static String described() {
        return Inherited.available() ? "read from what they inherited" : "read from their stacks alone";
    }

    /// Says that the calling thread, and those it will start, belong to a run.
    public void enter(C cell) {
        inherited.enter(cell);
    }

    /// {@return the run that the calling thread belongs to}; some microseconds on a pool's thread,
    /// nanoseconds on any other
    public Optional<C> current() {
        Inherited.Membership<C> membership = inherited.mine();
        if (membership != null && !membership.pooled()) {
            return Optional.of(membership.cell());
        }
        C running = stacks.ofCurrentThread();
        if (running != null) {
            return Optional.of(running);
        }
        return Optional.ofNullable(membership).map(Inherited.Membership::cell);
    }

    /// {@return the run that a thread belongs to}; a pool's thread between two tasks belongs to none
    public Optional<C> of(Thread thread) {
        if (Thread.currentThread() == thread) {
            return current();
        }
        Inherited.Membership<C> membership = inherited.of(thread);
        if (membership != null && thread.isVirtual()) { // almost never a pool's, and there may be very many
            return Optional.of(membership.cell());
        }
        StackTraceElement[] stack = thread.getStackTrace();
        if (membership != null && !StackOwner.pooled(stack)) {
            return Optional.of(membership.cell());
        }
        return Optional.ofNullable(stacks.of(stack));
    }

    /// {@return the live threads of a run, platform and virtual}; virtual ones only where
    /// [VirtualThreads#available]
    public List<Thread> of(C cell) {
        return AllThreads.live()
                .filter(thread -> of(thread).filter(cell::equals).isPresent())
                .toList();
    }
}
