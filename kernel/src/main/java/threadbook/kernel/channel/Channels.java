package threadbook.kernel.channel;

import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.zeromq.ZMQ.Socket;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Ports;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.thread.Reserve;
import threadbook.kernel.wire.ConnectionFile;
import threadbook.kernel.wire.MessageIds;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.Outgoing.Answer;
import threadbook.kernel.wire.Outgoing.Question;
import threadbook.kernel.wire.WireCodec;

/// The five channels of a kernel, each a socket with the one thread that touches it.
///
/// Bound from the moment it is made, so that a client can connect; what it sends waits in the
/// sockets until [#open].
public final class Channels implements Client, AutoCloseable {
    /// A client that does not read cannot keep the kernel longer than this.
    private static final Duration FAREWELL = Duration.ofMillis(300);

    /// A channel hands over its last messages without waiting for anybody; only where all
    /// processors are busy with something else does it need so long.
    private static final Duration LAST_TURN = Duration.ofSeconds(2);

    private static final Duration SHORTAGE = Duration.ofMillis(20);

    private final MessageIds ids = new MessageIds();
    private final Sockets sockets;
    private final Map<Door, RouterTraffic> doors = new EnumMap<>(Door.class);
    private final Map<Door, SocketLoop> doorLoops = new EnumMap<>(Door.class);
    private final IopubTraffic iopub;
    private final SocketLoop iopubLoop;
    private final SocketLoop heartbeat;

    /// Who takes the requests; set by [#open] before the threads start that read it.
    private BiConsumer<Origin, Request> receiver = (_, _) -> {};

    /// Set once, by [#close]; volatile because every thread that says something reads it.
    private volatile boolean closed;

    /// Listens at the ports of the file. Clients can connect, but nothing is read before [#open].
    ///
    /// @param rate  how much may be published
    /// @param log   where messages are named that cannot be answered
    /// @throws ChannelException  if a port is in use
    public Channels(ConnectionFile file, Rate rate, PrintStream log) {
        sockets = new Sockets(file, log);
        for (Door door : Door.values()) {
            var traffic = new RouterTraffic(
                    door, new WireCodec(file.key(), ids), (origin, request) -> receiver.accept(origin, request), log);
            String name = door.name().toLowerCase(Locale.ROOT);
            doors.put(door, traffic);
            doorLoops.put(door, new SocketLoop(name, sockets.router(port(file.ports(), door)), traffic, log));
        }
        Socket publisher = sockets.publisher(file.ports().iopub());
        iopub = new IopubTraffic(
                new WireCodec(file.key(), ids),
                new Subscribers(publisher, log),
                rate,
                question -> say(Door.STDIN, question));
        iopubLoop = new SocketLoop("iopub", publisher, iopub, log);
        heartbeat = new SocketLoop("heartbeat", sockets.router(file.ports().heartbeat()), new EchoTraffic(), log);
    }

    /// Begins to read.
    ///
    /// @param receiver  takes each request, on the thread of the door that it came through; it
    ///                  must not block for long
    public void open(BiConsumer<Origin, Request> receiver) {
        this.receiver = receiver;
        loops().forEach(SocketLoop::start);
    }

    @Override
    public void reply(Origin to, Reply reply) {
        say(to.door(), new Answer(to, reply));
    }

    @Override
    public String ask(Origin parent, InputRequest question) {
        String id = ids.next();
        if (!closed) {
            // Not at once: what the thread has printed before comes first.
            iopub.add(new Question(parent, question, id));
            iopubLoop.wake();
        }
        return id;
    }

    @Override
    public void publish(Origin parent, Publication publication) {
        while (!closed) {
            try {
                if (iopub.add(parent, publication)) {
                    iopubLoop.wake();
                }
                return;
            } catch (OutOfMemoryError e) {
                awaitMemory(e);
            }
        }
    }

    /// Sends what is queued and ends the threads; waits 300 ms for clients to read. What is said
    /// from now on is dropped, because a cell that prints for ever would keep the kernel for ever.
    @Override
    public void close() {
        closed = true;
        loops().forEach(SocketLoop::close);
        try {
            // From the moment the context closes every call on its sockets fails: the loops come first.
            for (SocketLoop loop : loops()) {
                loop.join(LAST_TURN);
            }
            sockets.close(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts the end of the kernel does not want to wait
        }
    }

    @SuppressWarnings("NullAway") // every door has its entry
    private void say(Door door, Outgoing outgoing) {
        while (!closed) {
            try {
                doors.get(door).add(outgoing);
                doorLoops.get(door).wake();
                return;
            } catch (OutOfMemoryError e) {
                awaitMemory(e);
            }
        }
    }

    /// Lets the kernel's own threads try again, for what they say must not be lost; a thread of a cell
    /// gets the error, as from any call.
    private static void awaitMemory(OutOfMemoryError e) {
        Reserve.open();
        if (!(Thread.currentThread() instanceof KernelThread)) {
            throw e;
        }
        LockSupport.parkNanos(SHORTAGE.toNanos());
    }

    private List<SocketLoop> loops() {
        return Stream.concat(doorLoops.values().stream(), Stream.of(iopubLoop, heartbeat))
                .toList();
    }

    private static int port(Ports ports, Door door) {
        return switch (door) {
            case SHELL -> ports.shell();
            case CONTROL -> ports.control();
            case STDIN -> ports.stdin();
        };
    }
}
