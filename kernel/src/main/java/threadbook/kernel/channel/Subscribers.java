package threadbook.kernel.channel;

import java.io.PrintStream;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zeromq.ZMQ.Socket;
import zmq.pipe.Pipe;

/// Who listens to the publications, and whether each keeps up.
///
/// JeroMQ holds [#UNREAD] messages for each subscriber and drops what comes then, for that one
/// only and without a word. So the kernel waits while one of them is full; but for one that takes
/// nothing for [#PATIENCE] it does not wait any more, until that one reads again.
///
/// JeroMQ's interface tells only that *some* subscriber is full, not which: one that stalls could
/// not be told from one that is slow. So its list of pipes is read by reflection, from the thread
/// that owns the socket; the version of JeroMQ is fixed in the pom. Only the thread `iopub` uses
/// it.
final class Subscribers {
    /// Messages of at most some 100 KB each. A subscriber is seen to read when it has taken half.
    static final int UNREAD = 64;

    /// A client that reads slowly loses nothing while it takes half of [#UNREAD] in this time.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Pipe> pipes;
    private final PrintStream log;

    /// Those that are full.
    private final Map<Pipe, Stall> full = new HashMap<>();

    Subscribers(Socket publisher, PrintStream log) {
        pipes = pipes(publisher);
        this.log = log;
    }

    /// {@return whether nothing would be dropped for anybody who reads}
    ///
    /// @param now  [System#nanoTime()]
    boolean keepUp(long now) {
        boolean all = true;
        for (Pipe pipe : pipes) {
            if (pipe.checkHwm()) { // its name misleads: true is below the limit
                reads(pipe);
            } else {
                all &= givenUp(pipe, now);
            }
        }
        if (full.size() > pipes.size()) {
            full.keySet().retainAll(pipes);
        }
        return all;
    }

    private void reads(Pipe pipe) {
        Stall stall = full.isEmpty() ? null : full.remove(pipe);
        if (stall != null && stall.givenUp) {
            log.println("threadbook: a client on iopub reads again");
        }
    }

    private boolean givenUp(Pipe pipe, long now) {
        Stall stall = full.computeIfAbsent(pipe, _ -> new Stall(now));
        if (!stall.givenUp && now - stall.since >= PATIENCE.toNanos()) {
            stall.givenUp = true;
            log.println("threadbook: a client on iopub has read nothing for %s s; until it does, it misses what is said"
                    .formatted(PATIENCE.toSeconds()));
        }
        return stall.givenUp;
    }

    /// JeroMQ's own list, which it changes only on the thread that owns the socket.
    @SuppressWarnings("unchecked") // Dist.pipes is a List<Pipe>
    private static List<Pipe> pipes(Socket publisher) {
        try {
            return (List<Pipe>) field(field(publisher.base(), "dist"), "pipes");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "expected XPub.dist and Dist.pipes as in JeroMQ 0.6.0. Adapt Subscribers to the JeroMQ of the pom.",
                    e);
        }
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private static final class Stall {
        final long since;
        boolean givenUp;

        Stall(long since) {
            this.since = since;
        }
    }
}
