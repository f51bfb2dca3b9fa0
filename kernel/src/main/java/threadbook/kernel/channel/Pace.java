package threadbook.kernel.channel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ClearOutput;
import threadbook.kernel.protocol.Publication.CommClosed;
import threadbook.kernel.protocol.Publication.DisplayData;
import threadbook.kernel.protocol.Publication.ErrorOutput;
import threadbook.kernel.protocol.Publication.ExecuteInput;
import threadbook.kernel.protocol.Publication.ExecuteResult;
import threadbook.kernel.protocol.Publication.ShutdownNotice;
import threadbook.kernel.protocol.Publication.State;
import threadbook.kernel.protocol.Publication.Status;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Publication.UpdateDisplayData;

/// Keeps what is published below the limits of a Jupyter server.
///
/// Past its limits the server drops everything but status and `execute_input`, so also results and
/// errors. It counts over three seconds: the bytes of text, and the messages; every idle sets its
/// counts to zero. Here both are one amount: the time that a message would take at the rate. The
/// first [#FREE] seconds' worth go at once; what follows goes steadily at a good half of the rate.
/// In no [#WINDOW] more goes than the server allows in three seconds, so it may be late by the
/// difference and nothing is lost.
///
/// Only the thread `iopub` uses it. Times are [System#nanoTime()].
///
/// @see <a
/// href="https://github.com/jupyter-server/jupyter_server/blob/v2.21.1/jupyter_server/services/kernels/connection/channels.py">_limit_rate in Jupyter Server</a>
final class Pace {
    private static final Duration WINDOW = Duration.ofMillis(4_500);

    /// Seconds' worth of messages in a window.
    private static final double FREE = 2.55;

    /// The rest up to the server's three seconds, but for a margin: for what ends a cell, and the
    /// text before it.
    private static final double FREE_IF_URGENT = 2.85;

    /// The part of the rate at which messages go after the first ones.
    private static final double STEADY = 0.55;

    private final Rate rate;
    private final Queue<Sent> window = new ArrayDeque<>();

    /// The sum of the amounts in the window.
    private double sum;

    /// Whether the free amount has been used up; until the server forgets it.
    private boolean steady;

    /// When the next message may go while steady.
    private long next;

    Pace(Rate rate) {
        this.rate = rate;
    }

    /// {@return whether a message may go now}
    ///
    /// @param urgent  something waits that tells how a cell ended
    boolean free(boolean urgent, long now) {
        forget(now);
        if (urgent) {
            return sum < FREE_IF_URGENT;
        }
        steady |= sum >= FREE;
        return sum < FREE && (!steady || now - next >= 0);
    }

    /// {@return how long to wait at least before asking again}
    Duration pause(long now) {
        Sent oldest = window.peek();
        long wait = steady && sum < FREE ? next - now : oldest == null ? 0 : oldest.time + WINDOW.toNanos() - now;
        return Duration.ofNanos(Math.max(wait, 1_000_000));
    }

    /// Notes what was sent.
    ///
    /// @param bytes  of its signed frames, all of which the server counts
    void sent(Publication publication, long bytes, long now) {
        if (rate.unlimited()) {
            return;
        }
        switch (publication) {
            case Status(State state) -> {
                if (state == State.IDLE) {
                    window.clear();
                    sum = 0;
                    steady = false;
                }
            }
            case ExecuteInput _ -> {} // not counted
            case Stream _ -> count(Math.max(bytes / rate.bytes(), 1 / rate.messages()), now);
            case DisplayData _,
                    UpdateDisplayData _,
                    ExecuteResult _,
                    ErrorOutput _,
                    ClearOutput _,
                    CommClosed _,
                    ShutdownNotice _ -> count(1 / rate.messages(), now);
        }
    }

    private void count(double amount, long now) {
        window.add(new Sent(now, amount));
        sum += amount;
        next = now + (long) (amount / STEADY * 1e9);
    }

    private void forget(long now) {
        Sent oldest = window.peek();
        while (oldest != null && now - oldest.time >= WINDOW.toNanos()) {
            window.remove();
            sum -= oldest.amount;
            oldest = window.peek();
        }
        if (oldest == null) {
            sum = 0; // and no rounding errors
            steady = false;
        }
    }

    private record Sent(long time, double amount) {}
}
