package threadbook.lab.process;

import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Answer;

/// A JVM that is up and waits for work, so that a pool that loses a worker, or a new pool, need not wait for one.
///
/// There is one as long as a pool is open, from the moment when the first worker is up. Any thread may use it.
final class Spares {
    // Both guarded by this class.
    private static @Nullable Link spare;
    private static int pools;

    private Spares() {}

    /// A pool opens: from now on there may be a spare.
    static synchronized void open() {
        pools++;
    }

    /// A pool closes; with the last one the spare ends.
    static void close() {
        Link unused = null;
        synchronized (Spares.class) {
            pools--;
            if (pools == 0) {
                unused = spare;
                spare = null;
            }
        }
        if (unused != null) {
            unused.kill();
        }
    }

    /// {@return the spare, or a process that is just starting}; when that is up it asks for another spare
    static Link take(String name) {
        Link taken;
        synchronized (Spares.class) {
            taken = spare;
            spare = null;
        }
        if (taken != null && taken.alive()) {
            refill();
            return taken;
        }
        return Link.start(name, new Waiting(true));
    }

    private static synchronized void refill() {
        if (pools > 0 && spare == null) {
            spare = Link.start("spare worker", new Waiting(false));
        }
    }

    /// Hears a process that has no work yet.
    private record Waiting(boolean refills) implements Answer.Receiver {
        @Override
        public void ready() {
            if (refills) {
                refill();
            }
        }

        @Override
        public void printed(boolean error, byte[] text) {
            System.err.write(text, 0, text.length); // why it cannot start
        }

        @Override
        public void returned(Answer.Returned answer) {}

        @Override
        public void threw(Answer.Threw answer) {}

        @Override
        public void ended(int exit) {}
    }
}
