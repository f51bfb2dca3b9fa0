package threadbook.lab.watch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What one thread is doing: which call it is in and which locks it holds.
///
/// Written by this thread alone; the thread that watches reads it, so the fields are volatile and what they
/// hold never changes.
final class Doing {
    /// A call into code that is not woven, or a monitor that is being entered.
    ///
    /// @param object  what it is called on, null if there is nothing
    /// @param verb    as in "lock"
    /// @param site    where
    record Call(@Nullable Object object, String verb, AccessSite site) {}

    final Thread thread;
    private volatile @Nullable Call call;
    private volatile List<Object> held = List.of();
    private @Nullable Object entering; // a monitor that it has, if it gets to anything else
    private final Map<Semaphore, Integer> permits = new IdentityHashMap<>(); // taken and not given back
    private boolean leaving; // what it had was given back

    Doing(Thread thread) {
        this.thread = thread;
    }

    /// {@return what the thread is in}; null while it runs code of the program
    @Nullable
    Call call() {
        return call;
    }

    /// {@return the locks it holds, in the order in which it took them; one that is held twice is in it twice}
    List<Object> held() {
        return held;
    }

    /// {@return what the thread was in before}
    @Nullable
    Call begin(Call one) {
        Call before = call;
        call = one;
        return before;
    }

    void end(@Nullable Call before) {
        call = before;
    }

    /// Is about to enter a monitor; that it got it shows when it does something else.
    void enter(Object monitor, AccessSite site) {
        entering = monitor;
        call = new Call(monitor, "enter", site);
    }

    /// The thread runs, so it has the monitor that it was about to enter.
    void runs() {
        Object monitor = entering;
        if (monitor != null) {
            entering = null;
            call = null;
            take(monitor);
        }
    }

    void take(Object lock) {
        var more = new ArrayList<>(held);
        more.add(lock);
        held = List.copyOf(more);
    }

    /// {@return whether it held the lock}
    boolean give(Object lock) {
        var fewer = new ArrayList<>(held);
        for (int i = fewer.size() - 1; i >= 0; i--) {
            if (fewer.get(i) == lock) {
                fewer.remove(i);
                held = List.copyOf(fewer);
                return true;
            }
        }
        return false;
    }

    void acquired(Semaphore semaphore, int count) {
        permits.merge(semaphore, count, Integer::sum);
    }

    void released(Semaphore semaphore, int count) {
        permits.computeIfPresent(semaphore, (_, before) -> before > count ? before - count : null);
    }

    /// {@return the permits that it has taken and not given back}, which it gives back now
    Map<Semaphore, Integer> permits() {
        var had = new IdentityHashMap<>(permits);
        permits.clear();
        return had;
    }

    boolean isLeaving() {
        return leaving;
    }

    /// {@return what it held, which it gives back now}
    List<Object> leave() {
        leaving = true;
        List<Object> had = held;
        held = List.of();
        return had;
    }
}
