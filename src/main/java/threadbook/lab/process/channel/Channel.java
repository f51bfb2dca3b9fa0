package threadbook.lab.process.channel;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Values;
import threadbook.lab.thread.WaitInterruptedException;

/// A way for values from one process to another: one sends and closes, the other receives, as in `for (int i : ch)`.
///
/// A lambda that runs in another process may use it as a variable. Any thread may send, any may receive; within one
/// process a `BlockingQueue` does the same. Over a Unix socket unless said otherwise.
///
/// ```java
/// var ch = channel(Integer.class);
/// process(() -> { for (int i = 1; i <= 100; i++) ch.send(i); ch.close(); }).start();
/// for (int i : ch) IO.println(i);
/// ```
///
/// @param <T>  what is sent; numbers, texts and arrays of bytes are sent as they are, others serialized
public final class Channel<T> implements Iterable<T>, AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;
    private static final int END = -1;

    private final Class<T> type;
    private final Route route;

    // The ends as far as this process has opened them, guarded by this channel's monitors: sending holds one
    // of them, receiving the other.
    private transient @Nullable DataOutputStream out;
    private transient @Nullable DataInputStream in;
    private transient boolean ended;
    private transient Object sending = new Object();
    private transient Object receiving = new Object();

    private Channel(Class<T> type, Route route) {
        this.type = type;
        this.route = route;
    }

    private interface Making {
        Route make() throws IOException;
    }

    private static <T> Channel<T> of(Class<T> type, Making making) {
        try {
            return new Channel<>(type, making.make());
        } catch (IOException e) {
            throw new ChannelBrokenException("a channel could not be made: " + e, e);
        }
    }

    /// {@return a channel over a Unix socket}
    public static <T> Channel<T> of(Class<T> type) {
        return of(type, () -> Route.Socket.make(Route.newFile(false)));
    }

    /// {@return another channel, over a pipe}
    public Channel<T> overPipe() {
        route.remove();
        return of(type, () -> Route.Pipe.make(Route.newFile(false)));
    }

    /// {@return another channel, over memory that both processes see}: the fastest; one process may send
    public Channel<T> overMemory() {
        route.remove();
        return of(type, () -> Route.Memory.make(Route.newFile(true)));
    }

    private Object readResolve() {
        return new Channel<>(type, route);
    }

    /// Sends a value; waits while the way is full.
    ///
    /// @throws ChannelBrokenException    if the other end is gone
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public void send(T value) {
        synchronized (sending) {
            try {
                DataOutputStream open = opened();
                write(open, type.cast(value));
                open.flush();
            } catch (IOException e) {
                throw broken("send", e);
            }
        }
    }

    /// Says that nothing more will be sent; or, by who receives, that nothing more is wanted.
    @Override
    public void close() {
        synchronized (sending) {
            try {
                if (in == null) {
                    DataOutputStream open = opened();
                    open.writeInt(END);
                    open.close();
                }
            } catch (IOException _) {
                // who receives is gone already
            }
        }
        if (in != null) {
            route.remove();
        }
    }

    private DataOutputStream opened() throws IOException {
        DataOutputStream open = out;
        if (open == null) {
            open = new DataOutputStream(new BufferedOutputStream(route.sender(), 1 << 13));
            out = open;
        }
        return open;
    }

    /// {@return the next value}, waiting for it; empty when the other end was closed or its process has ended
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public Optional<T> receive() {
        synchronized (receiving) {
            try {
                if (ended) {
                    return Optional.empty();
                }
                DataInputStream open = in;
                if (open == null) {
                    open = new DataInputStream(new BufferedInputStream(route.receiver(), 1 << 16));
                    in = open;
                }
                Optional<T> next = read(open);
                if (next.isEmpty()) {
                    end(open);
                }
                return next;
            } catch (EOFException _) { // the process that sent has ended
                ended = true;
                route.remove();
                return Optional.empty();
            } catch (IOException e) {
                throw broken("receive", e);
            }
        }
    }

    private void end(DataInputStream open) throws IOException {
        ended = true;
        open.close();
        route.remove();
    }

    private static RuntimeException broken(String what, IOException e) {
        return e instanceof ClosedByInterruptException || e instanceof InterruptedIOException
                ? WaitInterruptedException.restoringFlag(what + " of a channel")
                : new ChannelBrokenException("%s: the other end of the channel is gone (%s)".formatted(what, e), e);
    }

    private void write(DataOutputStream to, T value) throws IOException {
        switch (value) {
            case Integer number -> {
                to.writeInt(Integer.BYTES);
                to.writeInt(number);
            }
            case Long number -> {
                to.writeInt(Long.BYTES);
                to.writeLong(number);
            }
            case Double number -> {
                to.writeInt(Double.BYTES);
                to.writeDouble(number);
            }
            case String text -> bytes(to, text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> bytes(to, bytes);
            default -> bytes(to, Values.write("The message", value));
        }
    }

    private static void bytes(DataOutputStream to, byte[] bytes) throws IOException {
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private Optional<T> read(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length == END) {
            return Optional.empty();
        }
        Object value;
        if (type == Integer.class) {
            value = from.readInt();
        } else if (type == Long.class) {
            value = from.readLong();
        } else if (type == Double.class) {
            value = from.readDouble();
        } else {
            byte[] bytes = new byte[length];
            from.readFully(bytes);
            value = type == byte[].class
                    ? bytes
                    : type == String.class ? new String(bytes, StandardCharsets.UTF_8) : read(bytes);
        }
        return Optional.of(type.cast(value));
    }

    private Object read(byte[] bytes) throws IOException {
        ClassLoader own = type.getClassLoader();
        try {
            Object value = Values.read(bytes, own == null ? ClassLoader.getSystemClassLoader() : own);
            return value == null ? "null" : value;
        } catch (ClassNotFoundException e) {
            throw new IOException("the class of a message is not known here", e);
        }
    }

    /// {@return the values as they come, to the end}
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Optional<T> next = Optional.empty();
            private boolean over;

            @Override
            public boolean hasNext() {
                if (next.isEmpty() && !over) {
                    next = receive();
                    over = next.isEmpty();
                }
                return next.isPresent();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the channel was closed");
                }
                T value = next.orElseThrow();
                next = Optional.empty();
                return value;
            }
        };
    }

    @Override
    public String toString() {
        return "channel of %s over %s"
                .formatted(
                        type.getSimpleName(), route.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
    }
}
