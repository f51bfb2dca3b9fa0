package threadbook.kernel.channel;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.channel.SocketLoop.Traffic;

/// The heartbeat: what comes in goes back as it is.
final class EchoTraffic implements Traffic {
    /// Only the loop's thread uses it.
    private final Queue<List<byte[]>> outbox = new ArrayDeque<>();

    @Override
    public void received(List<byte[]> frames) {
        outbox.add(frames);
    }

    @Override
    public @Nullable List<byte[]> next(boolean last) {
        return outbox.poll();
    }
}
