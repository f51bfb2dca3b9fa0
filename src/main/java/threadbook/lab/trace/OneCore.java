package threadbook.lab.trace;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.Screen;

/// Lets code use a single core, as Linux's `taskset` does with a program.
///
/// Platform threads that the code starts inherit the restriction. Virtual threads and pools that exist already do
/// not: they run on threads of others.
public final class OneCore {
    private static final int BYTES = 128; // of a mask: 1024 cores, as in <sched.h>
    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

    private OneCore() {}

    /// {@return whether this system can}
    public static boolean isPossible() {
        return LINUX;
    }

    /// Runs the body on a thread of its own that may use one core; the calling thread waits. Where the system cannot
    /// do that, says so under the cell, and runs the body on all cores.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted; the body's thread is interrupted
    ///                                   before
    /// @throws BodyFailedException       if the body throws a checked exception; unchecked ones arrive as they are
    public static void run(Body body) {
        if (!LINUX) {
            Screen.current().display("""
                    This system cannot keep threads on one core (Linux can): what follows ran on all of them, and does \
                    not show what the lesson says.""");
        }
        var task = new FutureTask<@org.jspecify.annotations.Nullable Void>(() -> {
            if (LINUX) {
                restrict();
            }
            body.run();
            return null;
        });
        Thread thread = Thread.ofPlatform().name("on one core").start(task);
        try {
            task.get();
        } catch (InterruptedException _) {
            thread.interrupt();
            throw WaitInterruptedException.restoringFlag("pinned");
        } catch (ExecutionException e) {
            BodyFailedException.unchecked(() -> {
                switch (e.getCause()) {
                    case Exception exception -> throw exception;
                    case Error error -> throw error;
                    case null, default -> throw new AssertionError("neither an exception nor an error", e);
                }
            });
        }
    }

    /// The last of the cores that the calling thread may use is the only one from now on.
    private static void restrict() {
        try (var arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(BYTES, Long.BYTES);
            long known = Affinity.call(Affinity.GET, mask);
            int last = -1;
            for (int core = 0; core < 8 * BYTES; core++) {
                if ((mask.get(ValueLayout.JAVA_BYTE, core / 8) & 1 << core % 8) != 0) {
                    last = core;
                }
            }
            if (known < 0 || last < 0) {
                throw new IllegalStateException("Linux does not say which cores this thread may use.");
            }
            mask.fill((byte) 0);
            mask.set(ValueLayout.JAVA_BYTE, last / 8, (byte) (1 << last % 8));
            if (Affinity.call(Affinity.SET, mask) < 0) {
                throw new IllegalStateException("Linux does not let this thread choose core %d.".formatted(last));
            }
        }
    }

    /// The calls of Linux's C library.
    private static final class Affinity {
        static final MethodHandle GET = handle("sched_getaffinity");
        static final MethodHandle SET = handle("sched_setaffinity");
        private static final int SELF = 0;

        private static MethodHandle handle(String name) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        }

        static int call(MethodHandle function, MemorySegment mask) {
            try {
                return (int) function.invokeExact(SELF, (long) BYTES, mask);
            } catch (Throwable impossible) { // what invokeExact declares; a C function throws nothing
                throw new AssertionError("sched_setaffinity throws nothing", impossible);
            }
        }
    }
}
