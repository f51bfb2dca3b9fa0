package threadbook.kernel.channel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.channel.SocketLoop.Traffic;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.Outgoing.Broadcast;
import threadbook.kernel.wire.Outgoing.Starting;
import threadbook.kernel.wire.Outgoing.Welcome;
import threadbook.kernel.wire.WireCodec;

/// What goes out to every client; and the welcome to each that subscribes.
///
/// The first text after a silence goes out at once; more is sent every [#INTERVAL], or when a
/// batch is full, or when something that is not text follows.
final class IopubTraffic implements Traffic {
    /// Short for an eye, long for a machine.
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private static final byte SUBSCRIBE = 1;

    private final WireCodec codec;
    private final Queue<Item> outbox = new ConcurrentLinkedQueue<>();
    private final Room room = new Room();
    private final StreamBatches batches = new StreamBatches();

    /// Messages that no client's request has caused; only the loop's thread uses it.
    private final Queue<Outgoing> own = new ArrayDeque<>(List.of(new Starting()));

    /// When waiting text may be sent, as [System#nanoTime()]; only the loop's thread uses it.
    private long due = System.nanoTime();

    /// Whether the loop will look into the outbox soon without being woken; written by its thread
    /// only, volatile because every thread that prints reads it.
    private volatile boolean dozing;

    IopubTraffic(WireCodec codec) {
        this.codec = codec;
    }

    /// Puts something in the outbox; any thread may call it. Text may have to wait for room.
    ///
    /// @return whether the loop must be woken
    boolean add(Origin parent, Publication publication) {
        if (publication instanceof Stream stream) {
            room.enter(stream.text().length());
            outbox.add(new Item(parent, publication, Thread.currentThread()));
            return !dozing || room.taken() >= StreamBatches.FULL;
        }
        outbox.add(new Item(parent, publication, Thread.currentThread()));
        return true;
    }

    @Override
    public void received(List<byte[]> frames) {
        byte[] frame = frames.getFirst();
        if (frame.length > 0 && frame[0] == SUBSCRIBE) {
            try {
                String topic = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(frame, 1, frame.length - 1))
                        .toString();
                own.add(new Welcome(topic));
            } catch (CharacterCodingException e) {
                // A topic that is no text is valid for ZeroMQ, but nothing of ours begins with it.
            }
        }
    }

    @Override
    public @Nullable List<byte[]> next(boolean last) {
        dozing = false;
        Outgoing outgoing = own.poll();
        if (outgoing == null) {
            outgoing = broadcast(last);
        }
        return outgoing == null ? null : codec.encode(outgoing);
    }

    @Override
    public Duration pause() {
        if (!batches.waits()) {
            return Duration.ZERO;
        }
        dozing = true;
        return Duration.ofNanos(Math.max(due - System.nanoTime(), 1_000_000));
    }

    private @Nullable Broadcast broadcast(boolean last) {
        Broadcast next = batches.poll();
        while (next == null) {
            Item item = outbox.poll();
            if (item != null) {
                if (item.publication instanceof Stream stream) {
                    room.leave(stream.text().length());
                }
                batches.add(item.parent, item.publication, item.thread);
            } else if (batches.waits() && (last || System.nanoTime() - due >= 0)) {
                batches.flush();
                due = System.nanoTime() + INTERVAL.toNanos();
            } else {
                return null;
            }
            next = batches.poll();
        }
        return next;
    }

    private record Item(Origin parent, Publication publication, Thread thread) {}
}
