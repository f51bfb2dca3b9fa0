package threadbook.lab.process.child;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import threadbook.lab.process.travel.Order;

/// What the process that started this one wants; read by a thread of its own, so that the end of that process is
/// noticed at once, whatever the program does here.
final class Orders {
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final BlockingQueue<Order> queue = new LinkedBlockingQueue<>();
    private final Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    private final FileChannel in;
    private volatile boolean leaving; // set by the JVM's end

    private Orders(FileChannel in) {
        this.in = in;
    }

    /// Begins to read. When there is nothing more to read, the other process is gone, and this one ends with all
    /// that it has started.
    static Orders start(FileChannel in) {
        var orders = new Orders(in);
        new Reader(orders::read).start();
        Runtime.getRuntime().addShutdownHook(new Thread(orders::leave, "end of orders"));
        return orders;
    }

    /// A thread that no body can interrupt: that would close what it reads.
    private static final class Reader extends Thread {
        Reader(Runnable reads) {
            super(null, reads, "orders", 0, false);
            setDaemon(true);
        }

        @Override
        public void interrupt() {}
    }

    private void read() {
        try (var stream = new DataInputStream(new BufferedInputStream(Channels.newInputStream(in), 1 << 16))) {
            while (true) {
                queue.add(Order.read(stream));
            }
        } catch (IOException _) {
            // the end of the other process, which may come in the middle of an order; or of this one
        } finally { // also without memory for an order
            while (leaving && parent.equals(ProcessHandle.current().parent())) {
                LockSupport.parkNanos(LOOK); // hooks of the program may take their time
            }
            end();
        }
    }

    /// The JVM waits 300 ms for a thread that is in native code when it ends (HotSpot,
    /// `VM_Exit::wait_for_threads_in_native_to_block`), as one is that reads. So nobody reads any more.
    private void leave() {
        leaving = true;
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be closed", e);
        }
    }

    private static void end() {
        try (var started = ProcessHandle.current().descendants()) {
            started.forEach(ProcessHandle::destroyForcibly);
        } finally {
            // Not exit: threads of the program, or hooks of theirs, could keep the process for ever.
            Runtime.getRuntime().halt(1);
        }
    }

    /// Waits for the next order.
    Order next() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException _) {
                // a body has interrupted its own thread; between two calls that means nothing
            }
        }
    }
}
