package threadbook.kernel.channel;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.WireCodec;

/// The message whose turn it is to be written, kept while there is no memory to write it: a client that
/// misses one reply, or one `idle`, waits for ever. Given up after some seconds of tries, because it may
/// be too large for good.
///
/// Only the loop's thread uses it.
final class Unsent {
    private static final int TRIES = 250;

    private final WireCodec codec;
    private final Supplier<? extends @Nullable Outgoing> next;
    private final BiConsumer<Outgoing, List<byte[]>> written;
    private @Nullable Outgoing message;
    private int tries;

    /// @param next     gives the next message, null if there is none
    /// @param written  told of each message and its frames
    Unsent(WireCodec codec, Supplier<? extends @Nullable Outgoing> next, BiConsumer<Outgoing, List<byte[]>> written) {
        this.codec = codec;
        this.next = next;
        this.written = written;
    }

    /// {@return whether a message is left over}
    boolean waits() {
        return message != null;
    }

    /// {@return the frames of the message that was left over, else of the next one; null if there is none}
    ///
    /// @throws IllegalStateException  once, when a message is given up
    @Nullable
    List<byte[]> frames() {
        if (tries == TRIES) {
            tries = 0;
            message = null;
            throw new IllegalStateException("no memory to write a message, in %s tries".formatted(TRIES));
        }
        if (message == null) {
            tries = 0;
            message = next.get();
        }
        if (message == null) {
            return null;
        }
        tries++;
        try {
            List<byte[]> frames = codec.encode(message);
            written.accept(message, frames);
            message = null;
            return frames;
        } catch (RuntimeException e) {
            message = null; // not for want of memory: it would fail again
            throw e;
        }
    }
}
