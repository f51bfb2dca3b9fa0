package threadbook.runtime;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.function.BooleanSupplier;

/// The places where woven code can be stopped: where a method begins, and where each turn of a loop does.
///
/// All of them are one call site bound to nothing, which the JIT compiles to no instruction and no
/// memory access: a loop that waits for a plain field still sees it stale, as in any Java program.
/// [#arm] binds the site to a question instead; compiled loops pass through it at their next safepoint.
public final class StopSites {
    private static final MethodType NOTHING = MethodType.methodType(void.class);
    private static final MethodHandle FREE = MethodHandles.empty(NOTHING);
    private static final MethodHandle ASK = ask();
    private static final MutableCallSite SITE = new MutableCallSite(FREE);

    private static volatile BooleanSupplier stopped = () -> false; // any woven thread reads it while armed

    private StopSites() {}

    /// What the JVM calls for each `invokedynamic` of a stop site.
    @SuppressWarnings("unused") // the signature of a bootstrap method
    public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
        return SITE;
    }

    /// Makes every woven thread ask at every stop site whether it is to stop, until [#disarm].
    ///
    /// @param currentThread  whether the thread that asks is to end with [CellStopped]
    public static synchronized void arm(BooleanSupplier currentThread) {
        stopped = currentThread;
        bind(ASK);
    }

    /// Makes the stop sites free again.
    public static synchronized void disarm() {
        bind(FREE);
    }

    private static void bind(MethodHandle target) {
        if (SITE.getTarget() != target) {
            SITE.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {SITE});
        }
    }

    private static void pass() {
        if (stopped.getAsBoolean()) {
            throw new CellStopped();
        }
    }

    private static MethodHandle ask() {
        try {
            return MethodHandles.lookup().findStatic(StopSites.class, "pass", NOTHING);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
