package threadbook.kernel.jvm;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Throws an exception in another thread, wherever that thread is: JVMTI's `StopThread`, reached from
/// Java through the foreign-function interface. The only way out of `CompletableFuture.join`,
/// `Lock.lock` and loops inside the JDK, which know no interrupt.
///
/// An internal door: the exception may strike the JDK in the middle of an update, so it is a late rung of
/// the ladder, never used on a thread that is inside the kernel. It does not help a thread that is in
/// native code or waits to enter a monitor. Call it on platform threads.
///
/// @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jvmti.html#StopThread">StopThread</a>
public final class StopThread {
    private static final long MEET_FOR_NANOS = 100_000_000;
    private static final long CAN_SIGNAL_THREAD = 1L << 10;
    private static final long CAN_SUSPEND = 1L << 20;
    private static final long CAN_SUPPORT_VIRTUAL_THREADS = 1L << 44;

    private final NativeMachine machine;
    private final NativeTable jvmti;
    private final NativeFunction suspend;
    private final NativeFunction resume;
    private final NativeFunction stop;

    /// The one door of the process: JVMTI lends the right to suspend threads only once.
    private static final class Door {
        static final Optional<StopThread> ONE = NativeMachine.door(StopThread::new);
    }

    /// {@return the door, the same at each call, or empty where this JVM has none}
    public static Optional<StopThread> open() {
        return Door.ONE;
    }

    private StopThread(NativeMachine machine) {
        this.machine = machine;
        jvmti = machine.jvmti(CAN_SIGNAL_THREAD | CAN_SUSPEND | CAN_SUPPORT_VIRTUAL_THREADS);
        suspend = NativeFunction.toInt(jvmti.at(4), 2);
        resume = NativeFunction.toInt(jvmti.at(5), 2);
        stop = NativeFunction.toInt(jvmti.at(6), 3);
    }

    /// Throws the exception in the thread, at its next instruction of Java, and does not wait for that.
    ///
    /// A virtual thread is suspended for the moment, because JVMTI asks for that; for one that
    /// is parked this takes some tries, 100 ms at most.
    ///
    /// @return whether the JVM took it; false if the thread has ended or cannot be stopped where it is
    /// @throws IllegalStateException  if JNI gave no reference in several tries
    public synchronized boolean stop(Thread thread, Throwable exception) {
        MemorySegment target = machine.reference(thread);
        try {
            MemorySegment thrown = machine.reference(exception);
            try {
                return thread.isVirtual()
                        ? stopMounted(thread, target, thrown)
                        : stop.code(jvmti.self(), target, thrown) == 0;
            } finally {
                machine.delete(thrown);
            }
        } finally {
            machine.delete(target);
        }
    }

    /// Stops a virtual thread, which must be on a carrier and suspended for that.
    ///
    /// One that is parked has no carrier. It is unparked, which is a spurious wake-up to the code that
    /// waits, and suspended in the microseconds until it parks again; it takes some tries to meet it there.
    private boolean stopMounted(Thread thread, MemorySegment target, MemorySegment thrown) {
        long deadline = System.nanoTime() + MEET_FOR_NANOS;
        for (int i = 0; thread.isAlive() && System.nanoTime() - deadline < 0; i++) {
            if (suspend.code(jvmti.self(), target) == 0) {
                boolean stopped = stop.code(jvmti.self(), target, thrown) == 0;
                NativeMachine.check("ResumeThread", resume.code(jvmti.self(), target));
                if (stopped) {
                    return true;
                }
            }
            LockSupport.unpark(thread);
            for (int spin = 0; spin < i % 64 * 64; spin++) {
                Thread.onSpinWait();
            }
        }
        return false;
    }
}
