package threadbook.kernel.thread;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.Handover;

/// Which thread belongs to which run of a cell. Any thread may ask, about any thread.
///
/// A thread belongs to the run that started it, directly or through other threads, for as long as it
/// lives. The task of a pool belongs to the run that handed it over ([Handover]), where that could be
/// noted, and otherwise, as that of a timer, to the run whose code it is: the bottom-most frame of a
/// cell on the stack.
///
/// @param <C>  what identifies one run of a cell
public final class CellThreads<C> {
    private final StackOwner<C> stacks;
    private final Inherited<C> inherited = new Inherited<>(this::current);

    /// What the last task that failed on this thread threw.
    private final ThreadLocal<@Nullable Failure<C>> failure = new ThreadLocal<>();

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

    /// {@return what keeps the tasks that the calling thread hands over with its run; null if it has none}
    public Handover.@Nullable Owner owner() {
        Optional<C> cell = current();
        return cell.isEmpty() ? null : () -> new Turn(cell.get());
    }

    /// {@return the run that the calling thread belonged to when it threw what it ends with}
    public Optional<C> ofUncaught(Throwable thrown) {
        Failure<C> failed = failure.get();
        if (failed != null && failed.thrown.refersTo(thrown)) {
            return Optional.of(failed.cell);
        }
        Inherited.Membership<C> membership = inherited.mine();
        if (membership == null || membership.pooled()) { // the stack is gone, but for what the exception kept of it
            C threw = stacks.of(thrown.getStackTrace());
            if (threw != null) {
                return Optional.of(threw);
            }
        }
        return current();
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
        // A virtual thread is almost never a pool's, and there may be very many.
        if (membership != null && (membership.task() || thread.isVirtual())) {
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

    /// {@return the live threads of every run that has some}
    public Map<C, List<Thread>> byRun() {
        Map<C, List<Thread>> found = new HashMap<>();
        AllThreads.live()
                .forEach(thread -> of(thread)
                        .ifPresent(cell -> found.computeIfAbsent(cell, _ -> new ArrayList<>())
                                .add(thread)));
        return found;
    }

    /// The calling thread at a task of a run.
    private final class Turn implements Handover.Turn {
        private final C cell;
        private final Inherited.@Nullable Membership<C> before;

        Turn(C cell) {
            this.cell = cell;
            before = inherited.enterTask(cell);
        }

        @Override
        public void failed(Throwable thrown) {
            failure.set(new Failure<>(new WeakReference<>(thrown), cell));
        }

        @Override
        public void close() {
            inherited.leave(before);
        }
    }

    private record Failure<C>(WeakReference<Throwable> thrown, C cell) {}
}
