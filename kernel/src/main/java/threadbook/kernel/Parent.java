package threadbook.kernel;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Optional;
import threadbook.kernel.thread.KernelThread;

/// The process that started this one, which a kernel must not outlive.
final class Parent {
    /// Where Jupyter puts its own process id.
    private static final String VARIABLE = "JPY_PARENT_PID";

    private Parent() {}

    /// Runs an action once, soon after the parent has ended; at most twice if both signs are seen.
    ///
    /// Two signs, because neither is certain: the JDK looks at a process that is not its child less and
    /// less often, every 5 s in the end; and the pipe that Jupyter leaves as standard input ends at
    /// once, but whoever starts the kernel by other means may have given it an empty file.
    static void onEnd(Runnable action) {
        handle().ifPresent(parent -> {
            parent.onExit().thenRun(action);
            new KernelThread(
                            () -> {
                                drainStandardInput();
                                if (!parent.isAlive()) {
                                    action.run();
                                }
                            },
                            "parent")
                    .start();
        });
    }

    private static Optional<ProcessHandle> handle() {
        String id = System.getenv(VARIABLE);
        boolean usable = id != null && id.matches("[1-9][0-9]{0,17}");
        return usable
                ? ProcessHandle.of(Long.parseLong(id))
                : ProcessHandle.current().parent();
    }

    private static void drainStandardInput() {
        try (var input = new FileInputStream(FileDescriptor.in)) {
            input.skipNBytes(Long.MAX_VALUE);
        } catch (IOException _) {
            // The end of the pipe, or no standard input at all: both say to look at the parent.
        }
    }
}
