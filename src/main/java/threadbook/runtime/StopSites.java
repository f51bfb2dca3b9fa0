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
/// [#arm] binds the site to a question instead; compiled loops pass through it at their next safepoint. So does
/// a lock that goes from thread to thread at these places ([GiveWay]).
public final class StopSites {
    private static final MethodType NOTHING = MethodType.methodType(void.class);
    private static final MethodHandle FREE = MethodHandles.empty(NOTHING);
    private static final MethodHandle ASK = own("pass");
    private static final MethodHandle GIVE_WAY = own("giveWay");
    private static final MethodHandle ASK_AND_GIVE_WAY = own("passAndGiveWay");
    private static final MutableCallSite SITE = new MutableCallSite(FREE);
    private static final BooleanSupplier NEVER = () -> false;

    private static volatile BooleanSupplier stopped = NEVER; // any woven thread reads it while armed
    private static boolean armed; // guarded by this class
    private static boolean givesWay; // guarded by this class

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
        armed = true;
        bind();
    }

    /// Makes the stop sites free again.
    public static synchronized void disarm() {
        stopped = NEVER;
        armed = false;
        bind();
    }

    /// Makes every woven thread look at every stop site whether it is to give way ([GiveWay]), or not.
    static synchronized void giveWay(boolean wanted) {
        givesWay = wanted;
        bind();
    }

    /// For a thread of a cell that waits inside the library, where there are no sites.
    ///
    /// @throws CellStopped  if the calling thread is to stop
    static void endIfStopped() {
        pass();
    }

    private static void bind() {
        MethodHandle target = armed ? givesWay ? ASK_AND_GIVE_WAY : ASK : givesWay ? GIVE_WAY : FREE;
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

    private static void giveWay() {
        GiveWay.check();
    }

    private static void passAndGiveWay() {
        pass();
        GiveWay.check();
    }

    private static MethodHandle own(String method) {
        try {
            return MethodHandles.lookup().findStatic(StopSites.class, method, NOTHING);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
