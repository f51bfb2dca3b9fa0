package threadbook.lab.trace;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import threadbook.lab.thread.CoreTime;

/// Asks Linux every millisecond how long each thread of this process has waited for a core, on a thread of its
/// own.
///
/// Linux adds up a wait when it is over, so a wait is known to end within the last millisecond. The files are read
/// by native calls: the flight recorder would note every read of Java's.
final class CoreSampler implements AutoCloseable {
    private static final File TASKS = new File("/proc/self/task");
    private static final long PERIOD = 1_000_000; // ns
    private static final int SEARCH = 8; // periods between two looks at all threads
    private static final int ASLEEP = 8; // periods without a change after which a thread is looked at rarely
    private static final int MOST_THREADS = 64; // that are looked at each time
    private static final int MOST_FILES = 1_000; // threads beyond are not looked at
    private static final int MOST_WAITS = 50_000; // of one thread

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CountDownLatch ready = new CountDownLatch(1);
    private final Map<Long, Task> tasks = new HashMap<>(); // the sampling thread's, until it has ended
    private final Thread thread;
    private long used; // the sampling thread's, until it has ended
    private volatile boolean stopped; // the recording thread sets it, the sampling one reads it

    /// A wait for a core.
    ///
    /// @param end  when it was seen to be over; at most a millisecond, or what the sampler was late, after
    ///             its real end
    record Queued(long begin, long end) {}

    private static final class Task {
        final int file;
        long waited;
        long ran;
        int quiet;
        final List<Queued> waits = new ArrayList<>();

        Task(int file) {
            this.file = file;
        }
    }

    private CoreSampler() {
        thread = Thread.ofPlatform().daemon().name("core sampler").unstarted(this::sample);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    /// {@return one that has begun, null where the system does not count the waits}
    static @Nullable CoreSampler open() throws InterruptedException {
        if (!new File("/proc/thread-self/schedstat").canRead()) {
            return null;
        }
        var sampler = new CoreSampler();
        sampler.thread.start();
        sampler.ready.await();
        return sampler;
    }

    /// Ends the sampling.
    ///
    /// @return the waits of each thread by its id in the operating system
    Map<Long, List<Queued>> stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
        var waits = new HashMap<Long, List<Queued>>();
        tasks.forEach((id, task) -> waits.put(id, task.waits));
        return waits;
    }

    /// {@return nanoseconds of a core that the sampling took, once it has ended}
    long used() {
        return used;
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void sample() {
        try (var arena = Arena.ofConfined()) {
            var files = new Files(arena);
            try {
                search(files, true);
                long started = THREADS.getTotalStartedThreadCount();
                CoreTime before = CoreTime.ofCurrentThread().orElse(CoreTime.NONE);
                ready.countDown();
                for (int turn = 0; !stopped; turn++) {
                    if (THREADS.getTotalStartedThreadCount() != started) {
                        started = THREADS.getTotalStartedThreadCount();
                        search(files, false);
                    }
                    look(files, turn % SEARCH == 0);
                    LockSupport.parkNanos(PERIOD);
                }
                look(files, true);
                used = CoreTime.ofCurrentThread().orElse(before).minus(before).running();
            } finally {
                ready.countDown();
                tasks.values().forEach(task -> files.close(task.file));
            }
        }
    }

    /// @param before  whether the threads found began before the recording
    private void search(Files files, boolean before) {
        String[] ids = TASKS.list();
        for (String id : ids == null ? new String[0] : ids) {
            if (tasks.size() < MOST_FILES) {
                tasks.computeIfAbsent(Long.valueOf(id), _ -> {
                    var task = new Task(files.open("/proc/self/task/" + id + "/schedstat"));
                    if (before) {
                        read(files, task);
                        task.waits.clear(); // from before the recording
                    }
                    return task;
                });
            }
        }
    }

    private void look(Files files, boolean all) {
        int looked = 0;
        for (Task task : tasks.values()) {
            if ((all || task.quiet < ASLEEP) && looked++ < MOST_THREADS) {
                read(files, task);
            }
        }
    }

    private static void read(Files files, Task task) {
        if (task.file < 0 || !files.read(task.file)) {
            return; // the thread has ended
        }
        long now = System.nanoTime();
        long ran = files.number(0);
        long waited = files.number(1);
        long more = waited - task.waited;
        if (more > 0 && task.waits.size() < MOST_WAITS) {
            task.waits.add(new Queued(now - more, now));
        }
        task.quiet = ran == task.ran && more == 0 ? task.quiet + 1 : 0;
        task.ran = ran;
        task.waited = waited;
    }

    /// Files by the calls of the C library.
    private static final class Files {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final MethodHandle OPEN = handle(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        private static final MethodHandle READ = handle(
                "pread",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
        private static final MethodHandle CLOSE =
                handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private static final int LENGTH = 80;

        private final Arena arena;
        private final MemorySegment bytes;
        private long read; // how many of them hold what was read last

        Files(Arena arena) {
            this.arena = arena;
            bytes = arena.allocate(LENGTH);
        }

        private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
        }

        /// {@return a descriptor, negative if it cannot be opened}
        int open(String path) {
            try {
                return (int) OPEN.invokeExact(arena.allocateFrom(path), 0);
            } catch (Throwable e) { // what invokeExact declares; the C function throws nothing
                throw new IllegalStateException("open(" + path + ")", e);
            }
        }

        /// {@return whether there was something to read}
        boolean read(int file) {
            try {
                read = (long) READ.invokeExact(file, bytes, (long) LENGTH, 0L);
                return read > 0;
            } catch (Throwable e) { // as above
                throw new IllegalStateException("pread", e);
            }
        }

        /// {@return one of the numbers, with a space between them, that were read}
        long number(int index) {
            long number = 0;
            int at = 0;
            for (long i = 0; i < read; i++) {
                byte digit = bytes.get(ValueLayout.JAVA_BYTE, i);
                if (digit < '0' || digit > '9') {
                    if (at == index) {
                        return number;
                    }
                    at++;
                    number = 0;
                } else {
                    number = 10 * number + digit - '0';
                }
            }
            return number;
        }

        void close(int file) {
            try {
                int _ = file < 0 ? 0 : (int) CLOSE.invokeExact(file);
            } catch (Throwable e) { // as above
                throw new IllegalStateException("close", e);
            }
        }
    }
}
