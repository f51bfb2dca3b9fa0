package threadbook.lab.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// What the JVM itself notes of its threads while it is open: beginnings and ends, and each time that one
/// was blocked, parked, asleep or in input or output, however short.
///
/// Knows also what no woven code does. A wait that has not ended when this is closed is missing.
final class Flight implements AutoCloseable {
    /// Further events are counted only.
    static final int MOST = 400_000;

    private static final Map<String, State> WAITS = Map.of(
            "jdk.JavaMonitorEnter", State.LOCKED,
            "jdk.JavaMonitorWait", State.WAITING,
            "jdk.ThreadPark", State.WAITING,
            "jdk.ThreadSleep", State.SLEEPING,
            "jdk.SocketRead", State.IO,
            "jdk.SocketWrite", State.IO,
            "jdk.FileRead", State.IO,
            "jdk.FileWrite", State.IO,
            "jdk.FileForce", State.IO);
    private static final Set<String> IDLE = Set.of("java.lang.Object", "java.lang.Class"); // say nothing
    private static final List<String> LIVES =
            List.of("jdk.ThreadStart", "jdk.ThreadEnd", "jdk.VirtualThreadStart", "jdk.VirtualThreadEnd");

    // Not a stream: its thread would read while the program runs, and take a core from it.
    private final Recording recording = new Recording();

    /// Groups of threads that the JDK starts for itself.
    private static final Set<String> NOT_OURS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /// Somebody whom the flight recorder knows.
    ///
    /// @param id     as [Thread#threadId]
    /// @param osId   of the operating system; 0 if unknown or none
    /// @param parent id of the thread that started it, -1 if unknown
    /// @param begin  when it began, [Long#MIN_VALUE] if before
    /// @param end    when it ended, [Long#MAX_VALUE] if later
    /// @param ours   whether it is no thread of the JVM's or of the JDK's own
    record Life(long id, String name, boolean virtual, boolean ours, long osId, long parent, long begin, long end) {}

    /// One wait of one thread.
    ///
    /// @param type   the class of what it waited for; empty if unknown
    /// @param by     id of the thread that let it go on; -1 if unknown
    record Wait(long thread, State state, long begin, long end, String type, long by) {}

    /// What was noted.
    ///
    /// @param lost  how many events were too many to be kept
    record Log(Map<Long, Life> lives, List<Wait> waits, long lost) {}

    /// The same moment on both clocks.
    @Name("threadbook.Mark")
    @StackTrace(false)
    private static final class Mark extends Event {
        @SuppressWarnings("unused") // read by its name
        long nanos;
    }

    private Flight() {
        start();
    }

    /// {@return a recording that has begun, null where the JVM cannot record}
    static @Nullable Flight open() throws InterruptedException {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            return null;
        }
        var begun = new AtomicReference<@Nullable Flight>();
        // The recorder's own threads would inherit whose they are, and count as threads of the cell.
        Thread.ofPlatform()
                .daemon()
                .name("flight")
                .inheritInheritableThreadLocals(false)
                .start(() -> begun.set(FlightRecorder.isAvailable() ? new Flight() : null))
                .join();
        Flight flight = begun.get();
        if (flight != null) {
            mark();
        }
        return flight;
    }

    private void start() {
        WAITS.keySet()
                .forEach(each ->
                        recording.enable(each).withThreshold(Duration.ZERO).withoutStackTrace());
        LIVES.forEach(each -> recording.enable(each).withoutStackTrace());
        recording.enable(Mark.class);
        recording.start();
    }

    private static void mark() {
        var mark = new Mark();
        mark.nanos = System.nanoTime();
        mark.commit();
    }

    /// Ends the recording.
    ///
    /// @return what was noted, in nanoseconds of [System#nanoTime]
    /// @throws IOException  if the JVM's notes cannot be written to a temporary file or read from it
    Log land() throws IOException {
        mark();
        recording.stop();
        Path file = Files.createTempFile("threadbook-trace", ".jfr");
        try {
            recording.dump(file);
            var events = new ArrayList<RecordedEvent>();
            long beyond = 0;
            try (var reader = new RecordingFile(file)) {
                while (reader.hasMoreEvents()) {
                    RecordedEvent event = reader.readEvent();
                    if (events.size() < MOST) {
                        events.add(event);
                    } else {
                        beyond++;
                    }
                }
            }
            return new Reading(offset(events)).of(events, beyond);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        recording.close();
    }

    /// {@return what must be added to an event's time}
    private static long offset(List<RecordedEvent> all) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals("threadbook.Mark"))
                .mapToLong(event -> event.getLong("nanos") - nanos(event.getStartTime()))
                .max() // the mark that was delayed least
                .orElseGet(() -> System.nanoTime() - nanos(Instant.now()));
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    /// Makes events into lives and waits.
    private static final class Reading {
        private final long offset;
        private final Map<Long, Life> lives = new java.util.HashMap<>();
        private final List<Wait> waits = new ArrayList<>();

        Reading(long offset) {
            this.offset = offset;
        }

        Log of(List<RecordedEvent> all, long lost) {
            for (RecordedEvent event : all) {
                String name = event.getEventType().getName();
                State state = WAITS.get(name);
                if (state != null) {
                    wait(event, name, state);
                } else if (LIVES.contains(name)) {
                    life(event, name);
                } else if (event.getThread() != null) {
                    meet(event.getThread());
                }
            }
            return new Log(lives, waits, lost);
        }

        private void life(RecordedEvent event, String name) {
            RecordedThread thread = event.hasField("thread") ? event.getThread("thread") : event.getThread();
            if (thread == null) {
                return;
            }
            Life life = meet(thread);
            long time = nanos(event.getStartTime()) + offset;
            boolean begins = name.endsWith("Start");
            RecordedThread parent = event.hasField("parentThread") ? event.getThread("parentThread") : null;
            lives.put(
                    life.id,
                    new Life(
                            life.id,
                            life.name,
                            life.virtual,
                            life.ours,
                            life.osId,
                            parent == null ? life.parent : parent.getJavaThreadId(),
                            begins ? time : life.begin,
                            begins ? life.end : time));
        }

        private void wait(RecordedEvent event, String name, State state) {
            RecordedThread thread = event.getThread();
            if (thread == null) {
                return; // a thread that is not Java's
            }
            meet(thread);
            long begin = nanos(event.getStartTime()) + offset;
            long end = nanos(event.getEndTime()) + offset;
            waits.add(
                    new Wait(thread.getJavaThreadId(), state(event, state), begin, end, type(event), by(event, name)));
        }

        /// Who is parked by a lock waits for a lock, whatever other reasons there are to be parked.
        private static State state(RecordedEvent event, State usual) {
            String type = type(event);
            boolean lock = type.contains("ReentrantLock$")
                    || type.contains("ReentrantReadWriteLock$")
                    || type.endsWith(".StampedLock");
            return usual == State.WAITING && lock ? State.LOCKED : usual;
        }

        private static String type(RecordedEvent event) {
            String field = event.hasField("parkedClass") ? "parkedClass" : "monitorClass";
            RecordedClass type = event.hasField(field) ? event.getClass(field) : null;
            return type == null || type.getName().startsWith("[") || IDLE.contains(type.getName())
                    ? ""
                    : type.getName();
        }

        private static long by(RecordedEvent event, String name) {
            RecordedThread by = switch (name) {
                case "jdk.JavaMonitorEnter" -> event.getThread("previousOwner");
                case "jdk.JavaMonitorWait" -> event.getThread("notifier");
                default -> null;
            };
            return by == null ? -1 : by.getJavaThreadId();
        }

        /// The carriers of virtual threads are seen in the virtual threads' own lanes.
        private static boolean isOurs(RecordedThread thread, String name) {
            String group = thread.getThreadGroup() == null
                    ? ""
                    : thread.getThreadGroup().getName();
            return !NOT_OURS.contains(group == null ? "" : group) && !name.endsWith("-delayScheduler");
        }

        private Life meet(RecordedThread thread) {
            long id = thread.getJavaThreadId();
            Life known = lives.get(id);
            if (known == null || known.osId == 0 && thread.getOSThreadId() > 0) {
                String name = thread.getJavaName() == null ? "" : thread.getJavaName();
                boolean virtual = thread.isVirtual();
                boolean ours = isOurs(thread, name);
                long os = virtual ? 0 : Math.max(0, thread.getOSThreadId());
                known = known == null
                        ? new Life(id, name, virtual, ours, os, -1, Long.MIN_VALUE, Long.MAX_VALUE)
                        : new Life(id, name, virtual, ours, os, known.parent, known.begin, known.end);
                lives.put(id, known);
            }
            return known;
        }
    }
}
