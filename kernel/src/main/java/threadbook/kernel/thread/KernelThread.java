package threadbook.kernel.thread;

/// A thread of the kernel's own, which code of cells cannot interrupt.
///
/// A cell may find every thread of the JVM and interrupt it. A kernel thread would then lose a socket
/// (NIO closes the channel that an interrupted thread uses), or a request. So each is ended by the
/// means of its own room instead: a closed queue, a flag with a wake-up, the end of the process.
public final class KernelThread extends Thread {

    /// A daemon thread, not started yet.
    public KernelThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /// A daemon thread with a stack of about so many bytes, not started yet.
    public KernelThread(Runnable task, String name, long stackSize) {
        super(null, task, name, stackSize);
        setDaemon(true);
    }

    /// Does nothing, on purpose: see above.
    @Override
    public void interrupt() {}
}
