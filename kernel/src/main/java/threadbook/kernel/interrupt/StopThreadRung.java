package threadbook.kernel.interrupt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import threadbook.kernel.jvm.StopThread;
import threadbook.runtime.CellStopped;

/// The third rung: [CellStopped] thrown in a thread wherever it is, for waits and loops inside the JDK
/// that know no interrupt.
///
/// It may strike the JDK in the middle of an update, so it is for threads that the other rungs did not
/// move. It leaves alone what it would not help (a thread in native code or before a monitor) and where
/// it would harm others: inside the kernel, and while the JVM loads or links classes. It looks, then
/// throws; a thread that moved on in between, some microseconds, may be struck elsewhere.
final class StopThreadRung {
    private static final Duration ROUND = Duration.ofMillis(300);

    private static final List<String> NEVER_INSIDE = List.of(
            "threadbook.kernel.",
            "threadbook.runtime.",
            "threadbook.weaving.",
            "org.zeromq.",
            "zmq.",
            "java.lang.ClassLoader",
            "java.lang.invoke.",
            "jdk.internal.loader.");

    /// Native methods that wait, which the JVM leaves when an exception is thrown in them.
    private static final Set<String> WAITS = Set.of("park", "sleepNanos0", "sleep0", "wait0");

    private final boolean available = StopThread.open().isPresent();

    /// {@return the state of the door, in words}
    static String described() {
        return StopThread.open().isPresent()
                ? "open: waits inside the JDK can be ended"
                : "closed: waits inside the JDK cannot be ended";
    }

    /// Throws in those of the threads that can be struck where they are; returns after 400 ms at most.
    ///
    /// @param before  called before each throw, so that whoever it ends can say it
    /// @return how many the JVM threw it in
    int take(List<Thread> threads, Runnable before) {
        if (!available) {
            return 0;
        }
        var candidates = new ArrayList<>(threads);
        Collections.shuffle(candidates); // of very many a round meets some, and the next one others
        long begun = System.nanoTime();
        int struck = 0;
        for (Thread thread : candidates) {
            if (System.nanoTime() - begun > ROUND.toNanos()) {
                break;
            }
            if (mayStrike(thread)) {
                before.run();
                struck += throwIn(thread) ? 1 : 0;
            }
        }
        return struck;
    }

    private static boolean throwIn(Thread thread) {
        Optional<StopThread> door = StopThread.open();
        try {
            return door.isPresent() && door.get().stop(thread, new CellStopped());
        } catch (IllegalStateException _) {
            return false; // JNI gave no reference in several tries: the next round tries again
        }
    }

    static boolean mayStrike(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0 || thread.getState() == Thread.State.BLOCKED) {
            return false;
        }
        if (stack[0].isNativeMethod() && !WAITS.contains(stack[0].getMethodName())) {
            return false;
        }
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("REPL.")) {
                return true; // what is below has called the cell's code, and expects anything of it
            }
            if (NEVER_INSIDE.stream().anyMatch(frame.getClassName()::startsWith)
                    || frame.getMethodName().equals("<clinit>")) {
                return false;
            }
        }
        return true;
    }
}
