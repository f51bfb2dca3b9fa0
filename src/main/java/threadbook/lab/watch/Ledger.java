package threadbook.lab.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;
import threadbook.runtime.CellStopped;

/// Writes down what each thread of a running program waits for and holds, and lets threads leave where
/// Java allows it.
///
/// Each thread tells of itself; any thread may read. The locks and monitors are the real ones. Only that a
/// wait which no interrupt could end (`lock`, `acquireUninterruptibly`) is done as one that can be left.
final class Ledger implements AccessListener {
    /// One lock was taken, or asked for, while another was held.
    record Edge(Object held, Object taken, Thread thread, AccessSite site) {}

    private static final int MOST = 10_000; // edges; a lesson has a handful

    private final Map<Thread, Doing> doings = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Edge> edges = new ConcurrentLinkedQueue<>(); // the first ones
    private final Set<AccessSite> statics = ConcurrentHashMap.newKeySet(); // places that read static variables
    private volatile Set<Thread> leaving = Set.of(); // who is asked to leave
    private volatile long youngerThan = Long.MAX_VALUE; // id of the thread from which on all are asked to leave

    /// Forgets the threads that have ended, and in which order locks were taken.
    void begin() {
        doings.keySet().removeIf(thread -> !thread.isAlive());
        edges.clear();
    }

    Collection<Doing> doings() {
        return Collections.unmodifiableCollection(doings.values());
    }

    List<Edge> edges() {
        return List.copyOf(edges);
    }

    /// {@return places of the program that use its static variables}
    Set<AccessSite> statics() {
        return Set.copyOf(statics);
    }

    /// Asks threads to leave: each ends at the next place it passes, and the locks it holds are free again.
    ///
    /// @param others   these
    /// @param firstId  and all whose id is this or greater
    void leave(Set<Thread> others, long firstId) {
        leaving = Set.copyOf(others);
        youngerThan = firstId;
    }

    /// {@return whether a thread was asked to leave}
    boolean leaves(Thread thread) {
        return thread.threadId() >= youngerThan || leaving.contains(thread);
    }

    private Doing mine() {
        return doings.computeIfAbsent(Thread.currentThread(), Doing::new);
    }

    @Override
    public void before(AccessSite site, @Nullable Object target, int index) {
        Doing me = mine();
        me.runs();
        leaveIfAsked(me);
        if (site.kind() == AccessSite.Kind.READ && index == NO_INDEX && target == null) {
            statics.add(site);
        }
    }

    @Override
    public @Nullable Object enter(AccessSite site, @Nullable Object monitor) {
        Doing me = mine();
        me.runs();
        leaveIfAsked(me);
        if (monitor != null) {
            edges(me, monitor, site);
            me.enter(monitor, site);
        }
        return monitor;
    }

    /// Throws nothing: the monitor has been left already, and an exception may be under way.
    @Override
    public void exit(AccessSite site, @Nullable Object taken) {
        Doing me = mine();
        me.runs();
        if (taken != null) {
            me.give(taken);
        }
    }

    @Override
    public @Nullable Object call(AccessSite site, Original original, @Nullable Object[] arguments) throws Throwable {
        Doing me = mine();
        me.runs();
        Object object = original.hasReceiver() ? arguments[0] : null;
        if (me.isLeaving() && gives(object, site)) {
            return null; // given back when it left
        }
        leaveIfAsked(me);
        Doing.Call before = me.begin(new Doing.Call(object, verb(object, site), site));
        try {
            return done(me, object, site, original, arguments);
        } finally {
            me.end(before);
            leaveIfAsked(me);
        }
    }

    private static boolean gives(@Nullable Object object, AccessSite site) {
        return object instanceof Lock && site.name().equals("unlock")
                || object instanceof Semaphore && site.name().equals("release");
    }

    private static String verb(@Nullable Object object, AccessSite site) {
        boolean wakes = site.name().equals("wait") || object instanceof Condition;
        return wakes ? "wake up from " + site.name() : site.name();
    }

    private @Nullable Object done(
            Doing me, @Nullable Object object, AccessSite site, Original original, @Nullable Object[] arguments)
            throws Throwable {
        return switch (object) {
            case Lock lock ->
                switch (site.name()) {
                    case "lock" -> {
                        edges(me, lock, site);
                        leavably(me, lock::lockInterruptibly);
                        me.take(lock);
                        yield null;
                    }
                    case "lockInterruptibly", "tryLock" -> {
                        if (site.name().equals("lockInterruptibly")) {
                            edges(me, lock, site);
                        }
                        Object result = original.call(arguments);
                        if (!Boolean.FALSE.equals(result)) {
                            edges(me, lock, site);
                            me.take(lock);
                        }
                        yield result;
                    }
                    case "unlock" -> {
                        Object result = original.call(arguments);
                        me.give(lock);
                        yield result;
                    }
                    default -> original.call(arguments);
                };
            case Semaphore semaphore -> permits(me, semaphore, site, original, arguments);
            case Object waited when site.name().equals("wait") -> waiting(me, waited, original, arguments);
            case null, default -> original.call(arguments);
        };
    }

    private @Nullable Object permits(
            Doing me, Semaphore semaphore, AccessSite site, Original original, @Nullable Object[] arguments)
            throws Throwable {
        int permits = arguments.length > 1 && arguments[1] instanceof Integer many ? many : 1;
        switch (site.name()) {
            case "acquireUninterruptibly" -> {
                leavably(me, () -> semaphore.acquire(permits));
                me.acquired(semaphore, permits);
                return null;
            }
            case "acquire", "tryAcquire" -> {
                Object result = original.call(arguments);
                if (!Boolean.FALSE.equals(result)) {
                    me.acquired(semaphore, permits);
                }
                return result;
            }
            case "release" -> {
                Object result = original.call(arguments);
                me.released(semaphore, permits);
                return result;
            }
            default -> {
                return original.call(arguments);
            }
        }
    }

    /// Who waits for a notification does not hold the monitor meanwhile.
    private static @Nullable Object waiting(Doing me, Object monitor, Original original, @Nullable Object[] arguments)
            throws Throwable {
        int times = 0;
        while (me.give(monitor)) {
            times++;
        }
        try {
            return original.call(arguments);
        } finally {
            for (int i = 0; i < times; i++) {
                me.take(monitor);
            }
        }
    }

    /// A wait that an interrupt can end.
    @FunctionalInterface
    private interface Wait {
        void end() throws InterruptedException;
    }

    /// Waits like one that no interrupt ends, unless the thread is asked to leave.
    private void leavably(Doing me, Wait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    wait.end();
                    return;
                } catch (InterruptedException _) {
                    leaveIfAsked(me);
                    interrupted = true; // the program's own, which this wait does not heed
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void edges(Doing me, Object taken, AccessSite site) {
        List<Object> held = me.held();
        if (held.contains(taken)) {
            return; // taken again
        }
        for (Object lock : held) {
            boolean known = edges.stream()
                    .anyMatch(edge -> edge.held == lock && edge.taken == taken && edge.thread == me.thread);
            if (!known && edges.size() < MOST) {
                edges.add(new Edge(lock, taken, me.thread, site));
            }
        }
    }

    private void leaveIfAsked(Doing me) {
        if (!leaves(me.thread)) {
            return;
        }
        for (Object lock : new ArrayList<>(me.leave()).reversed()) {
            if (lock instanceof Lock one) { // monitors are left on the way out
                one.unlock();
            }
        }
        me.permits().forEach(Semaphore::release); // as many as it had
        throw new CellStopped();
    }
}
