package threadbook.lab.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One output of a process, read to its end by a thread of its own so that the process never waits for a reader.
///
/// Keeps the first 16 MB and the last 64 KB; what lies between is counted and thrown away.
final class Drained {
    private static final int HEAD = 16 << 20;
    private static final int TAIL = 64 << 10;

    private final InputStream from;
    private final Thread thread;

    // Guarded by this.
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[TAIL]; // a ring
    private long total;

    private Drained(InputStream from, String name) {
        this.from = from;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::drain);
    }

    /// Begins to read.
    static Drained start(InputStream from, String name) {
        var drained = new Drained(from, name);
        drained.thread.start();
        return drained;
    }

    private void drain() {
        byte[] some = new byte[1 << 16];
        try (from) {
            for (int read = from.read(some); read >= 0; read = from.read(some)) {
                keep(some, read);
            }
        } catch (IOException _) {
            // closed by abandon(), or the process was killed: what came so far is what there is
        }
    }

    private synchronized void keep(byte[] some, int count) {
        int begin = Math.clamp(HEAD - total, 0, count);
        head.write(some, 0, begin);
        for (int i = begin; i < count; i++) {
            tail[(int) ((total + i - HEAD) % TAIL)] = some[i];
        }
        total += count;
    }

    /// Waits for the end of the output.
    ///
    /// @return whether it came in time; not if another process still has it open
    boolean await(long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }

    /// {@return how many bytes there were so far}
    synchronized long total() {
        return total;
    }

    /// {@return the bytes as text in UTF-8}, with a line in the place of what was left out
    synchronized String text() {
        long beyond = total - HEAD;
        if (beyond <= 0) {
            return head.toString(StandardCharsets.UTF_8);
        }
        int kept = (int) Math.min(beyond, TAIL);
        byte[] last = new byte[kept];
        for (int i = 0; i < kept; i++) {
            last[i] = tail[(int) ((beyond - kept + i) % TAIL)];
        }
        String end = new String(last, StandardCharsets.UTF_8);
        return beyond <= TAIL
                ? new String(concatenated(last), StandardCharsets.UTF_8)
                : "%s%n… %,d bytes left out …%n%s".formatted(head.toString(StandardCharsets.UTF_8), beyond - kept, end);
    }

    private byte[] concatenated(byte[] last) {
        byte[] all = Arrays.copyOf(head.toByteArray(), head.size() + last.length);
        System.arraycopy(last, 0, all, head.size(), last.length);
        return all;
    }
}
