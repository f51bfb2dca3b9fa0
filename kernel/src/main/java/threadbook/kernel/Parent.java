package threadbook.kernel;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import threadbook.kernel.thread.KernelThread;

/// The process that started this one, which a kernel must not outlive.
///
/// On Linux its end is told by the system at once; elsewhere it is looked for every second. Jupyter closes
/// the kernel's standard input at once, so that says nothing.
final class Parent {
    /// Where Jupyter puts its own process id; the launcher's shell stands between the two.
    private static final String VARIABLE = "JPY_PARENT_PID";

    private static final long LOOK = 1_000_000_000L; // ns

    private Parent() {}

    /// Runs an action once after the parent has ended, on the thread `parent`; and makes this process the
    /// parent of the orphans of its own children.
    static void onEnd(Runnable action) {
        Optional<ProcessHandle> parent = handle();
        Runnable watch = () -> {
            Processes.adoptOrphans(); // here, because the first use of native functions takes its time
            parent.ifPresent(process -> {
                awaitEnd(process);
                action.run();
            });
        };
        new KernelThread(watch, "parent").start();
    }

    private static void awaitEnd(ProcessHandle parent) {
        if (!Processes.awaitEnd(parent.pid())) {
            while (parent.isAlive()) {
                LockSupport.parkNanos(LOOK);
            }
        }
    }

    private static Optional<ProcessHandle> handle() {
        String id = System.getenv(VARIABLE);
        boolean usable = id != null && id.matches("[1-9][0-9]{0,17}");
        return usable
                ? ProcessHandle.of(Long.parseLong(id))
                : ProcessHandle.current().parent();
    }
}
