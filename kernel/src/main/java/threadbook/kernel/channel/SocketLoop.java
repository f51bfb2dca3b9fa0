package threadbook.kernel.channel;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMQ.Socket;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.thread.Reserve;

/// The one thread that touches a socket: it sleeps in a selector until the socket or the outbox
/// has something for it.
///
/// JeroMQ's own waiting is not used, because it cannot be ended by another thread that has
/// something to send. Its file descriptor only says that something *changed*: so after every
/// change both sides are worked off until nothing is left, and the socket is asked once more
/// before sleeping.
///
/// @see <a href="http://api.zeromq.org/4-2:zmq-getsockopt">ZMQ_FD and ZMQ_EVENTS</a>
final class SocketLoop implements AutoCloseable {
    /// More frames than this has no message of the protocol; the rest is dropped.
    private static final int MOST_FRAMES = 100;

    /// A loop that fails this often in a row has lost its socket.
    private static final int MOST_FAILURES = 1_000;

    /// So long the loop waits where there is no memory.
    private static final Duration SHORTAGE = Duration.ofMillis(20);

    /// So often one incoming message is tried where there is no memory: it may be too large for good.
    private static final int MOST_TRIES = 250;

    /// Messages in one direction before it is the other's turn.
    private static final int TURN = 100;

    private final Socket socket;
    private final Traffic traffic;
    private final PrintStream log;
    private final Selector selector;
    private final KernelThread thread;

    /// Whether the selector has been woken since the outbox was last worked off.
    private final AtomicBoolean woken = new AtomicBoolean();

    /// Set once, by [#close]; volatile because read by the loop.
    private volatile boolean closing;

    /// Frames of the message that is being sent, and how many of them have been; only the loop's
    /// thread uses them.
    private List<byte[]> unsent = List.of();

    private int sent;

    /// Frames of the message that is being received, whether they are all, and how often there was no memory
    /// for it: a request that is forgotten leaves a client waiting for ever. Only the loop's thread uses them.
    private List<byte[]> incoming = List.of();

    private boolean complete;
    private int tries;

    /// Failures since the loop last had nothing to do; only its thread uses it.
    private int failures;

    /// What a channel does with its socket; only the loop's thread calls it.
    interface Traffic {
        void received(List<byte[]> frames);

        /// {@return the next message to send, or null if there is none now}
        ///
        /// @param last  the socket is about to be closed: nothing may be held back
        @Nullable
        List<byte[]> next(boolean last);

        /// {@return how long the loop may sleep if nobody wakes it; zero for as long as it likes}
        default Duration pause() {
            return Duration.ZERO;
        }
    }

    SocketLoop(String name, Socket socket, Traffic traffic, PrintStream log) {
        this.socket = socket;
        this.traffic = traffic;
        this.log = log;
        try {
            selector = Selector.open();
            socket.getFD().register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch the socket of the channel " + name, e);
        }
        thread = new KernelThread(this::run, name);
    }

    void start() {
        thread.start();
    }

    /// Says that the outbox has something; any thread may call it, it never blocks and never
    /// throws, even if the calling thread is interrupted.
    void wake() {
        if (!woken.getAndSet(true)) {
            selector.wakeup();
        }
    }

    /// Sends what the outbox holds, then ends the thread and closes the socket; does not wait for
    /// it.
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }

    /// Waits until the thread has sent the last message and closed the socket, but not longer
    /// than this.
    void join(Duration limit) throws InterruptedException {
        if (thread.isAlive()) { // it is not where [#start] was never called
            thread.join(limit);
        }
    }

    private void run() {
        while (failures < MOST_FAILURES) {
            try {
                work();
                break;
            } catch (OutOfMemoryError full) {
                if (closing) {
                    break;
                }
                Reserve.open(); // and once more, with what was to be received or sent
                if (complete && ++tries == MOST_TRIES) {
                    report(full);
                    forgetIncoming();
                }
                LockSupport.parkNanos(this, SHORTAGE.toNanos());
            } catch (Throwable failure) { // the boundary: no message and no shortage of memory ends a channel
                if (closing) {
                    break; // the context may be gone already
                }
                failures++;
                unsent = List.of();
                sent = 0;
                forgetIncoming();
                report(failure);
            }
        }
        socket.close();
    }

    private void work() throws IOException {
        boolean last = false;
        while (!last) {
            last = closing;
            woken.set(false);
            boolean more = receive() | send(last);
            if (!more && !last && (socket.getEvents() & ZMQ.Poller.POLLIN) == 0) {
                failures = 0;
                selector.select(traffic.pause().toMillis());
                selector.selectedKeys().clear();
            }
        }
        selector.close();
    }

    /// {@return whether there may be more to receive}
    private boolean receive() {
        for (int turn = 0; turn < TURN; turn++) {
            if (!complete && !receiveFrames()) {
                return false;
            }
            traffic.received(incoming);
            forgetIncoming();
        }
        return true;
    }

    /// {@return whether there is a message}
    private boolean receiveFrames() {
        if (incoming.isEmpty()) {
            incoming = new ArrayList<>(8); // here, where nothing is lost if there is no memory
        }
        byte[] frame = socket.recv(ZMQ.DONTWAIT);
        while (frame != null) {
            if (incoming.size() < MOST_FRAMES) {
                incoming.add(frame);
            }
            frame = socket.hasReceiveMore() ? socket.recv(ZMQ.DONTWAIT) : null;
        }
        complete = !incoming.isEmpty(); // also where the rest went down with its connection
        return complete;
    }

    private void forgetIncoming() {
        incoming = List.of();
        complete = false;
        tries = 0;
    }

    /// {@return whether there may be more to send}
    private boolean send(boolean last) {
        for (int turn = 0; turn < TURN || last; turn++) {
            if (sent == unsent.size()) {
                List<byte[]> frames = traffic.next(last);
                if (frames == null) {
                    return false;
                }
                unsent = frames;
                sent = 0;
            }
            while (sent < unsent.size()) { // goes on where it was left for want of memory
                socket.send(unsent.get(sent), sent + 1 < unsent.size() ? ZMQ.SNDMORE : 0);
                sent++;
            }
        }
        return true;
    }

    private void report(Throwable failure) {
        try {
            log.println("threadbook: the channel " + thread.getName() + " dropped a message");
            failure.printStackTrace(log);
        } catch (Throwable _) {
            // Not even memory to say so: the channel goes on all the same.
        }
    }
}
