package threadbook.lab.process.child;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import threadbook.lab.process.travel.Order;

/// What the process that started this one wants; read by a thread of its own, so that the end of that process is
/// noticed at once, whatever the program does here.
final class Orders {
    private final BlockingQueue<Order> queue = new LinkedBlockingQueue<>();
    private final DataInputStream in;

    private Orders(DataInputStream in) {
        this.in = in;
    }

    /// Begins to read. When there is nothing more to read, the other process is gone, and this one ends with all
    /// that it has started.
    static Orders start(DataInputStream in) {
        var orders = new Orders(in);
        Thread.ofPlatform().daemon().name("orders").start(orders::read);
        return orders;
    }

    private void read() {
        try {
            while (true) {
                queue.add(Order.read(in));
            }
        } catch (IOException _) {
            // the end of the other process, which may come in the middle of an order
        } finally { // also without memory for an order
            end();
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
