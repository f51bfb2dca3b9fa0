package threadbook.kernel.channel;

import java.io.PrintStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.channel.SocketLoop.Traffic;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.wire.Incoming.Message;
import threadbook.kernel.wire.Incoming.Refused;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.WireCodec;

/// What passes through one of the doors shell, control and stdin: requests in, answers out.
final class RouterTraffic implements Traffic {
    private final Door door;
    private final WireCodec codec;
    private final BiConsumer<Origin, Request> receiver;
    private final PrintStream log;
    private final Unsent unsent;
    private final Queue<Outgoing> outbox = new ConcurrentLinkedQueue<>();

    RouterTraffic(Door door, WireCodec codec, BiConsumer<Origin, Request> receiver, PrintStream log) {
        this.door = door;
        this.codec = codec;
        this.receiver = receiver;
        this.log = log;
        unsent = new Unsent(codec, outbox::poll, (_, _) -> {});
    }

    /// Puts an answer in the outbox; any thread may call it. The loop must be woken after it.
    void add(Outgoing outgoing) {
        outbox.add(outgoing);
    }

    @Override
    public void received(List<byte[]> frames) {
        switch (codec.decode(door, frames)) {
            case Message(Origin origin, Request request) -> receiver.accept(origin, request);
            case Refused(String reason) -> log.println("threadbook: dropped a message on " + door + ": " + reason);
        }
    }

    @Override
    public @Nullable List<byte[]> next(boolean last) {
        return unsent.frames();
    }
}
