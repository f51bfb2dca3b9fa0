package threadbook.kernel.wire;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The `msg_id`s of one kernel: its session and a number. Any thread may call it.
public final class MessageIds {
    private final String session = UUID.randomUUID().toString();
    private final AtomicLong last = new AtomicLong();

    /// {@return the kernel's session, the same for as long as the process lives}
    String session() {
        return session;
    }

    public String next() {
        return session + "_" + last.incrementAndGet();
    }
}
