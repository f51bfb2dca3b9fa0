package threadbook.lab.trace;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;
import threadbook.runtime.GlobalLocking;

/// Writes down what each thread does at the woven sites: each in a ring of its own.
///
/// Hears monitors and the calls that [Verb] knows; everything else stays free.
final class Recorder implements AccessListener, GlobalLocking.Listener {
    /// Further threads are counted only.
    static final int MOST = 20_000;

    private final ConcurrentLinkedQueue<Ring> rings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<AccessSite> statics = ConcurrentHashMap.newKeySet(); // places that read static variables
    private final ThreadLocal<@Nullable Ring> mine = new ThreadLocal<>();

    /// {@return the rings of all threads that came by}
    List<Ring> rings() {
        return List.copyOf(rings);
    }

    /// {@return how many threads have no ring, because there are too many}
    int beyond() {
        return Math.max(0, count.get() - MOST);
    }

    /// {@return places of the program that may read static variables, by which its locks have names}
    Set<AccessSite> statics() {
        return Set.copyOf(statics);
    }

    private Ring ring() {
        Ring known = mine.get();
        if (known == null) {
            known = new Ring(Thread.currentThread());
            mine.set(known);
            if (count.incrementAndGet() <= MOST) {
                rings.add(known);
            }
        }
        return known;
    }

    @Override
    public boolean hears(AccessSite site) {
        return switch (site.kind()) {
            case ENTER, EXIT -> true;
            case CALL -> Verb.of(site).isPresent();
            case READ -> {
                statics.add(site);
                yield false;
            }
            case WRITE, REFERENCE, LOOP -> false;
        };
    }

    @Override
    public void before(AccessSite site, @Nullable Object target, int index) {
        switch (site.kind()) {
            case ENTER -> monitor(site, target, true);
            case EXIT -> monitor(site, target, false);
            case CALL, READ, WRITE, REFERENCE, LOOP -> {} // a call that cannot be taken over: its end is unknown
        }
    }

    private void monitor(AccessSite site, @Nullable Object monitor, boolean enters) {
        ring().note(new Ring.Monitor(site, monitor, System.nanoTime(), enters));
    }

    @Override
    public @Nullable Object call(AccessSite site, Original original, @Nullable Object[] arguments) throws Throwable {
        Ring ring = ring();
        boolean on = original.hasReceiver();
        Object object = on || aimed(site) ? arguments[0] : null;
        int amount = on && arguments.length > 1 && arguments[1] instanceof Integer many ? many : 1;
        Ring.Pending call = ring.begin(site, object, System.nanoTime(), amount);
        boolean got = false;
        try {
            Object result = original.call(arguments);
            got = !Boolean.FALSE.equals(result);
            return result;
        } finally {
            ring.end(call, System.nanoTime(), got);
        }
    }

    /// The thread that `LockSupport.unpark` wakes is its argument.
    private static boolean aimed(AccessSite site) {
        return site.name().equals("unpark") && site.owner().equals(LockSupport.class.getName());
    }

    @Override
    public void asks(Object lock) {
        ring().note(new Ring.Global(lock, System.nanoTime(), Ring.Turn.ASKS));
    }

    @Override
    public void took(Object lock) {
        ring().note(new Ring.Global(lock, System.nanoTime(), Ring.Turn.TOOK));
    }

    @Override
    public void gaveUp(Object lock) {
        ring().note(new Ring.Global(lock, System.nanoTime(), Ring.Turn.GAVE));
    }

    /// {@return nanoseconds that one note takes on this machine, now}
    static double costOfOne() {
        var ring = new Ring(Thread.currentThread());
        var lock = new Object();
        long begun = System.nanoTime();
        for (int i = 0; i < Ring.MOST; i++) {
            ring.note(new Ring.Global(lock, System.nanoTime(), Ring.Turn.ASKS));
        }
        return (System.nanoTime() - begun) / (double) Ring.MOST;
    }
}
