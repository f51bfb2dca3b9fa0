package threadbook.kernel.channel;

import java.io.PrintStream;
import java.time.Duration;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQ.Socket;
import org.zeromq.ZMQException;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.thread.Reserve;
import threadbook.kernel.wire.ConnectionFile;

/// Makes the sockets, bound to their ports, and ends them together.
///
/// What comes from strangers is limited in size; what goes out, in messages that a client has not
/// read yet. For one that reads, [Subscribers] sees to it that nothing is dropped.
final class Sockets {
    /// A header that claims a larger frame ends the connection before memory is set aside.
    private static final long LARGEST_FRAME = 128L << 20;

    /// A subscription is walked by recursion, one call a byte: a long one would overflow the
    /// stack.
    private static final long LONGEST_SUBSCRIPTION = 1024;

    /// Replies that a client has sent for and not read; further ones are dropped. More than a client can
    /// fall behind that does read: Run All of thousands of cells that are aborted together.
    private static final int UNREAD_REPLIES = 20_000;

    /// The bytes of a closed socket may leave for so long; the process ends before.
    private static final int LINGER_MILLIS = 5_000;

    private final ConnectionFile file;
    private final ZMQ.Context context;

    Sockets(ConnectionFile file, PrintStream log) {
        this.file = file;
        // The kernel runs with assertions for the sake of cells. JeroMQ is tested without, and asserts
        // things that a stranger's bytes can make untrue.
        ClassLoader loader = Sockets.class.getClassLoader();
        loader.setPackageAssertionStatus("zmq", false);
        loader.setPackageAssertionStatus("org.zeromq", false);
        context = ZMQ.context(1);
        context.setThreadFactor((task, name) -> new KernelThread(() -> persist(task, log), "zmq " + name));
        context.setNotificationExceptionHandler(
                (thread, failure) -> log.println("threadbook: a connection failed: " + failure));
    }

    /// {@return a socket for requests, each with the identity of its sender}
    Socket router(int port) {
        Socket socket = bound(SocketType.ROUTER, port, LARGEST_FRAME, UNREAD_REPLIES);
        socket.setRouterHandover(true); // a client that comes back under its name is heard at once
        return socket;
    }

    /// {@return a socket for publications, which also receives the subscriptions}
    Socket publisher(int port) {
        Socket socket = bound(SocketType.XPUB, port, LONGEST_SUBSCRIPTION, Subscribers.UNREAD);
        socket.setXpubVerbose(true); // each subscriber is welcomed, not only the first of a topic
        return socket;
    }

    /// Waits until the sockets are closed and the last bytes have left, but not longer than this.
    void close(Duration limit) throws InterruptedException {
        var farewell = new KernelThread(context::close, "farewell");
        farewell.start();
        farewell.join(limit);
    }

    private Socket bound(SocketType type, int port, long largestFrame, int unread) {
        Socket socket = context.socket(type);
        socket.setMaxMsgSize(largestFrame);
        socket.setMsgAllocator(new FrameAllocator(largestFrame));
        socket.setSndHWM(unread);
        socket.setLinger(LINGER_MILLIS);
        socket.setIPv6(file.ip().contains(":"));
        String address = "%s://%s:%s".formatted(file.transport(), file.ip(), port);
        try {
            socket.bind(address);
        } catch (ZMQException e) {
            throw new ChannelException("""
                    cannot listen at %s: %s
                    Start the kernel again: Jupyter chooses other ports each time.\
                    """.formatted(address, e.getMessage()), e);
        }
        return socket;
    }

    /// Runs a thread of JeroMQ's to its end, through failures: without it every channel is dead.
    /// Its loops can be entered again. Reached in practice when a cell has used up the memory.
    private static void persist(Runnable task, PrintStream log) {
        while (true) {
            try {
                task.run();
                return;
            } catch (Throwable failure) { // the boundary
                if (failure instanceof OutOfMemoryError) {
                    Reserve.open();
                }
                report(failure, log);
            }
        }
    }

    private static void report(Throwable failure, PrintStream log) {
        try {
            failure.printStackTrace(log);
        } catch (Throwable _) {
            // Not even memory to say so: the connections go on all the same.
        }
    }
}
