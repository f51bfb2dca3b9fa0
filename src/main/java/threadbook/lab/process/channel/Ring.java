package threadbook.lab.process.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/// A ring of bytes in memory that two processes see: one writes behind the tail, one reads behind the head.
///
/// Head and tail only grow; each is written by one side and read by the other, released and acquired. They lie on
/// cache lines of their own. Who waits spins, then yields, then sleeps for some microseconds, so an idle end costs next
/// to nothing.
final class Ring {
    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final long HEAD = 0;
    private static final long TAIL = 128;
    private static final long WRITER = 256; // the process that writes, 0 if none does yet
    private static final long CLOSED = 264;
    private static final long DATA = 384;
    private static final long CAPACITY = 1 << 20;

    private static final int SPINS = 200;
    private static final int YIELDS = 400;
    private static final long NAP = 20_000; // ns
    private static final int NAPS_TO_A_LOOK = 2_000;

    private final MemorySegment memory;

    private Ring(MemorySegment memory) {
        this.memory = memory;
    }

    static void create(Path file) throws IOException {
        try (var created = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            created.map(FileChannel.MapMode.READ_WRITE, 0, DATA + CAPACITY, Arena.global());
        }
    }

    /// Opens one end. The memory is given back when nobody refers to it any more.
    static Ring open(Path file) throws IOException {
        try (var opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Ring(opened.map(FileChannel.MapMode.READ_WRITE, 0, DATA + CAPACITY, Arena.ofAuto()));
        }
    }

    private long get(long place) {
        return (long) LONG.getAcquire(memory, place);
    }

    private void set(long place, long value) {
        LONG.setRelease(memory, place, value);
    }

    private static void pause(int turn) throws IOException {
        if (turn < SPINS) {
            Thread.onSpinWait();
        } else if (turn < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(NAP);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("a wait for shared memory was interrupted");
        }
    }

    OutputStream output() throws IOException {
        long self = ProcessHandle.current().pid();
        if (!LONG.compareAndSet(memory, WRITER, 0L, self) && get(WRITER) != self) {
            throw new IOException("shared memory has room for one process that sends; process %d does already"
                    .formatted(get(WRITER)));
        }
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                long tail = get(TAIL);
                int done = 0;
                while (done < count) {
                    long free = CAPACITY - (tail - get(HEAD));
                    for (int turn = 0; free == 0; turn++) {
                        pause(turn);
                        free = CAPACITY - (tail - get(HEAD));
                    }
                    int some = (int) Math.min(Math.min(count - done, free), CAPACITY - tail % CAPACITY);
                    MemorySegment.copy(MemorySegment.ofArray(bytes), from + done, memory, DATA + tail % CAPACITY, some);
                    done += some;
                    tail += some;
                    set(TAIL, tail);
                }
            }

            @Override
            public void close() {
                set(CLOSED, 1);
            }
        };
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                long head = get(HEAD);
                long there = get(TAIL) - head;
                for (int turn = 0; there == 0; turn++) {
                    boolean over = get(CLOSED) != 0 || (turn % NAPS_TO_A_LOOK == NAPS_TO_A_LOOK - 1 && writerIsGone());
                    there = get(TAIL) - head; // what was written before the end
                    if (over && there == 0) {
                        return -1;
                    }
                    pause(turn);
                }
                int some = (int) Math.min(Math.min(count, there), CAPACITY - head % CAPACITY);
                MemorySegment.copy(memory, DATA + head % CAPACITY, MemorySegment.ofArray(bytes), from, some);
                set(HEAD, head + some);
                return some;
            }
        };
    }

    private boolean writerIsGone() {
        long writer = get(WRITER);
        return writer != 0
                && ProcessHandle.of(writer).filter(ProcessHandle::isAlive).isEmpty();
    }
}
