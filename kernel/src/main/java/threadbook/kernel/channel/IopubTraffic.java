package threadbook.kernel.channel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.channel.SocketLoop.Traffic;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.DisplayData;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Publication.UpdateDisplayData;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.Outgoing.Broadcast;
import threadbook.kernel.wire.Outgoing.Question;
import threadbook.kernel.wire.Outgoing.Starting;
import threadbook.kernel.wire.Outgoing.Welcome;
import threadbook.kernel.wire.WireCodec;

/// What goes out to every client; and the welcome to each that subscribes.
///
/// The first text after a silence goes out at once; more is sent every [#INTERVAL], or when a
/// batch is full, or when something that is not text follows. Nothing is sent faster than the
/// [Pace], or while one of the [Subscribers] does not keep up.
final class IopubTraffic implements Traffic {
    /// Short for an eye, long for a machine.
    private static final Duration INTERVAL = Duration.ofMillis(20);

    /// So long a line without an end may wait for it; it may also be the prompt of a question.
    private static final Duration PROMPT = Duration.ofMillis(100);

    /// While nothing may be sent, this often it is looked whether something has become urgent.
    private static final Duration LOOK = Duration.ofMillis(50);

    /// The shortest sleep that a selector knows.
    private static final Duration SHORT = Duration.ofMillis(1);

    private static final byte SUBSCRIBE = 1;

    private final Unsent unsent;
    private final Subscribers subscribers;
    private final Pace pace;
    private final Consumer<Question> questions;
    private final Queue<Item> outbox = new ConcurrentLinkedQueue<>();
    private final Room room;
    private final StreamBatches batches = new StreamBatches();

    /// How much of the outbox somebody waits for: results, errors, idle, and questions.
    private final AtomicInteger urgent = new AtomicInteger();

    /// Messages that no client's request has caused; only the loop's thread uses it.
    private final Queue<Outgoing> own = new ArrayDeque<>(List.of(new Starting()));

    /// When waiting lines may be sent, as [System#nanoTime()]; only the loop's thread uses it.
    private long due = System.nanoTime();

    /// Whether the loop will look into the outbox soon without being woken; written by its thread
    /// only, volatile because every thread that prints reads it.
    private volatile boolean dozing;

    /// Whether nothing may be sent for now, so that waking the loop is of no use; written by its
    /// thread only, volatile for the same reason.
    private volatile boolean held;

    /// Whether the socket is about to be closed, so that nothing may be held back; only the loop's
    /// thread uses it.
    private boolean last;

    /// @param questions  takes a question once all that was said before it has been sent
    IopubTraffic(WireCodec codec, Subscribers subscribers, Rate rate, Consumer<Question> questions) {
        unsent = new Unsent(codec, this::following, this::count);
        this.subscribers = subscribers;
        pace = new Pace(rate);
        room = Room.behind(rate);
        this.questions = questions;
    }

    /// Puts something in the outbox; any thread may call it. A thread that is not the kernel's own
    /// may have to wait for room.
    ///
    /// @return whether the loop must be woken
    boolean add(Origin parent, Publication publication) {
        Thread thread = Thread.currentThread();
        boolean kernels = thread instanceof KernelThread;
        Said said = new Said(parent, publication, size(publication), thread, kernels);
        if (kernels) {
            urgent.incrementAndGet();
            room.push(said.size);
        } else {
            room.enter(said.size);
        }
        try {
            outbox.add(said);
        } catch (OutOfMemoryError e) {
            uncount(said); // who says it may try again
            throw e;
        }
        if (held && !kernels) {
            return false;
        }
        return !(publication instanceof Stream) || !dozing || room.taken() >= StreamBatches.FULL;
    }

    /// Puts a question behind what the calling thread has said. The loop must be woken after it.
    void add(Question question) {
        outbox.add(new Asked(question, Thread.currentThread()));
        urgent.incrementAndGet();
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
        this.last = last;
        return unsent.frames();
    }

    private @Nullable Outgoing following() {
        Outgoing outgoing = own.poll();
        if (outgoing != null) {
            return outgoing;
        }
        held = !last && held();
        return held ? null : broadcast();
    }

    private void count(Outgoing sent, List<byte[]> frames) {
        if (sent instanceof Broadcast broadcast) {
            pace.sent(broadcast.publication(), WireCodec.signedBytes(frames), System.nanoTime());
        }
    }

    @Override
    public Duration pause() {
        long now = System.nanoTime();
        if (held) {
            // The socket may have learned of a reader since.
            return held() ? shorter(pace.pause(now), LOOK) : SHORT;
        }
        if (!batches.waits()) {
            return Duration.ZERO;
        }
        dozing = true;
        return shorter(Duration.ofNanos(Math.max(ready() - now, SHORT.toNanos())), INTERVAL);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean held() {
        long now = System.nanoTime();
        return !pace.free(urgent.get() > 0, now) || !subscribers.keepUp(now);
    }

    private @Nullable Broadcast broadcast() {
        while (true) {
            switch (batches.poll()) {
                case Broadcast next -> {
                    return next;
                }
                case Question question -> questions.accept(question);
                case null -> {
                    if (!join()) {
                        return null;
                    }
                }
                case Outgoing other -> throw new AssertionError(other);
            }
        }
    }

    /// Takes what is next from the outbox only when it is in the batches: there may be no memory for them.
    ///
    /// @return whether something may have become ready to be sent
    private boolean join() {
        switch (outbox.peek()) {
            case Said said -> {
                batches.add(said.parent, said.publication, said.thread, System.nanoTime());
                outbox.remove();
                uncount(said);
            }
            case Asked(Question question, Thread thread) -> {
                batches.add(question, thread);
                outbox.remove();
                urgent.decrementAndGet();
            }
            case null -> {
                long now = System.nanoTime();
                if (!batches.waits() || (!last && now - ready() < 0)) {
                    return false;
                }
                if (last) {
                    batches.flush();
                } else {
                    batches.flushBegunBy(now - PROMPT.toNanos());
                }
                due = now + INTERVAL.toNanos();
            }
        }
        return true;
    }

    private void uncount(Said said) {
        if (said.kernels) {
            urgent.decrementAndGet();
        }
        room.leave(said.size);
    }

    /// When the waiting text may go.
    private long ready() {
        if (batches.linesWait()) {
            return due;
        }
        long end = batches.oldest() + PROMPT.toNanos();
        return end - due > 0 ? end : due;
    }

    /// In chars, roughly: what it takes in memory.
    private static long size(Publication publication) {
        return Room.EACH
                + switch (publication) {
                    case Stream stream -> stream.text().length();
                    case DisplayData(MimeBundle bundle, String _) -> size(bundle);
                    case UpdateDisplayData(MimeBundle bundle, String _) -> size(bundle);
                    default -> 0; // one of each for a cell, or small
                };
    }

    private static long size(MimeBundle bundle) {
        return bundle.data().values().stream().mapToLong(String::length).sum();
    }

    private sealed interface Item {}

    /// @param size     in chars, roughly
    /// @param kernels  said by the kernel itself
    private record Said(Origin parent, Publication publication, long size, Thread thread, boolean kernels)
            implements Item {}

    private record Asked(Question question, Thread thread) implements Item {}
}
