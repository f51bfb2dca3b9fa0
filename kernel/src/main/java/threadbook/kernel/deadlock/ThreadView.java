package threadbook.kernel.deadlock;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One thread at one instant: where it is, what it waits for without a time limit, what it holds.
///
/// @param waitsFor  the monitor or `java.util.concurrent` synchroniser that blocks it
/// @param owner     who holds that synchroniser, where the synchroniser itself knows (not for monitors)
/// @param monitors  the monitors that it holds, with the frame that entered them, innermost first
record ThreadView(
        Thread thread,
        List<StackTraceElement> stack,
        Optional<Object> waitsFor,
        Optional<Thread> owner,
        List<HeldMonitor> monitors) {

    /// {@return the same with the frames as they are to be shown}
    ThreadView placed(UnaryOperator<StackTraceElement> placed) {
        return new ThreadView(thread, stack.stream().map(placed).toList(), waitsFor, owner, monitors);
    }

    /// @param frame  index into the stack of the frame that holds the monitor
    record HeldMonitor(Object monitor, int frame) {}
}
