package threadbook.kernel.thread;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells by a stack whose code a thread runs: the owner of the bottom-most frame that has one.
final class StackOwner<C> {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /// At the bottom of a thread that runs the tasks of others.
    private static final Set<String> WORKERS = Set.of(
            "java.util.concurrent.ThreadPoolExecutor$Worker",
            "java.util.concurrent.ForkJoinWorkerThread",
            "java.util.TimerThread");

    private final CellClasses<C> classes;

    StackOwner(CellClasses<C> classes) {
        this.classes = classes;
    }

    @Nullable
    C ofCurrentThread() {
        return WALKER.walk(frames -> {
            Bottom bottom = new Bottom();
            frames.forEach(frame -> bottom.below(classes.owner(frame.getDeclaringClass())));
            return bottom.found;
        });
    }

    @Nullable
    C of(StackTraceElement[] stack) {
        Bottom bottom = new Bottom();
        for (StackTraceElement frame : stack) {
            bottom.below(classes.owner(frame.getClassName()));
        }
        return bottom.found;
    }

    static boolean currentIsPooled() {
        return WALKER.walk(frames -> frames.anyMatch(frame -> WORKERS.contains(frame.getClassName())));
    }

    static boolean pooled(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (WORKERS.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    private final class Bottom {
        private @Nullable C found;

        void below(@Nullable C here) {
            if (here != null) {
                found = here;
            }
        }
    }
}
