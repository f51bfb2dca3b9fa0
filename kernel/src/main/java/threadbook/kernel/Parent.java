package threadbook.kernel;

import java.util.Optional;

/// The process that started this one, which a kernel must not outlive.
///
/// The JDK looks at a process that is not its child less and less often, every 5 s in the end.
/// There is no quicker sign that works everywhere: Jupyter closes the kernel's standard input at
/// once.
final class Parent {
    /// Where Jupyter puts its own process id; the launcher's shell stands between the two.
    private static final String VARIABLE = "JPY_PARENT_PID";

    private Parent() {}

    /// Runs an action once after the parent has ended.
    static void onEnd(Runnable action) {
        handle().ifPresent(parent -> parent.onExit().thenRun(action));
    }

    private static Optional<ProcessHandle> handle() {
        String id = System.getenv(VARIABLE);
        boolean usable = id != null && id.matches("[1-9][0-9]{0,17}");
        return usable
                ? ProcessHandle.of(Long.parseLong(id))
                : ProcessHandle.current().parent();
    }
}
