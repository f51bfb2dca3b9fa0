package threadbook.lab.explore.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// The threads of the program in one schedule: made, resumed one at a time, and ended.
///
/// Used by one thread at a time, like the engine; any thread may ask whether it is heard.
final class ProgramThreads {
    private static final int UNWINDING = 10_000; // places passed by a thread that catches what unwinds it

    private record Child(int parent, int number) {}

    private final Execution execution;
    private final Refusals refusals;
    private final ProgramThread outside = new ProgramThread(ProgramThread.OUTSIDE, "set-up", null, -1, -1);
    private final Map<Child, Integer> ids = new HashMap<>(); // the same in every schedule
    private volatile @Nullable Thread running; // whose code is listened to

    // Of the current schedule:
    private final List<ProgramThread> threads = new ArrayList<>();
    private ProgramThread[] byId = new ProgramThread[8];
    private final ArrayDeque<ProgramThread> born = new ArrayDeque<>();
    private final Map<ProgramThread, Code> code = new IdentityHashMap<>(); // of threads not started yet
    private ProgramThread current = outside;
    private int unwound;

    ProgramThreads(Execution execution, Refusals refusals) {
        this.execution = execution;
        this.refusals = refusals;
    }

    /// Begins another schedule.
    void begin() {
        threads.clear();
        Arrays.fill(byId, null);
        born.clear();
        outside.children = 0;
        outside.atomic = 0;
        unwound = 0;
    }

    /// {@return what stands for the set-up and the reading of the outcome}
    ProgramThread outside() {
        return outside;
    }

    /// The calling thread runs the set-up or reads the outcome.
    void beginOutside() {
        current = outside;
        running = Thread.currentThread();
    }

    void endOutside() {
        running = null;
    }

    /// {@return the thread that does the current step}
    ProgramThread current() {
        return current;
    }

    /// {@return whether what the calling thread does is the program's, in this schedule}
    boolean isHeard() {
        return Thread.currentThread() == running;
    }

    /// A thread that is to end passes a place.
    void passed() {
        unwound++;
    }

    /// {@return all threads, in the order in which they were made}
    List<ProgramThread> all() {
        return threads;
    }

    ProgramThread get(int id) {
        return byId[id];
    }

    /// Lets the threads that were made begin: each comes to its first step.
    void advanceBorn() {
        while (!born.isEmpty()) {
            ProgramThread thread = born.poll();
            Thread virtual = VirtualThreads.unstarted(
                    continuation -> thread.continuation = continuation, thread.name, body(thread));
            thread.virtual = virtual;
            virtual.start();
            resume(thread);
        }
    }

    private Runnable body(ProgramThread thread) {
        Code own = code.remove(thread);
        return () -> {
            try {
                if (own != null) {
                    own.run();
                }
                if (execution.locations().touch(execution.locations().lifeOf(thread), true)
                        && !execution.locations().everyAccess()) { // somebody asks whether it lives
                    AccessSite last = execution.lastSite();
                    if (last != null) {
                        execution.act(new Ending(execution.locations().lifeOf(thread), last));
                    }
                }
            } catch (Abandoned _) {
                // its schedule is over
            } catch (RuntimeException e) {
                if (refusals.has(e)) {
                    return;
                }
                thread.thrown = e;
            } catch (Throwable e) { // the boundary: whatever the program throws is an outcome
                thread.thrown = e;
            } finally {
                thread.done = true;
                thread.pending = null;
            }
        };
    }

    /// Lets a thread go on to its next step, or to its end.
    void resume(ProgramThread thread) {
        Runnable continuation = thread.continuation;
        if (continuation == null) {
            throw new IllegalStateException(thread + " cannot be resumed");
        }
        thread.continuation = null;
        thread.resumptions++;
        ProgramThread before = current;
        current = thread;
        running = thread.virtual;
        try {
            continuation.run();
        } finally {
            running = null;
            current = before;
        }
        if (!thread.done && thread.continuation == null) {
            refusals.add("thread %s waits inside the JDK:\n%s\nExploring does not know this wait."
                    .formatted(thread, stack(thread)));
        }
    }

    private static String stack(ProgramThread thread) {
        var lines = new ArrayList<String>();
        Thread virtual = thread.virtual;
        if (virtual != null) {
            for (StackTraceElement frame : virtual.getStackTrace()) {
                lines.add("    at " + frame);
            }
        }
        return String.join("\n", lines.subList(0, Math.min(12, lines.size())));
    }

    /// Ends the threads that have not ended: each throws at the next place it passes.
    void unwind() {
        for (int i = 0; i < threads.size(); i++) {
            ProgramThread thread = threads.get(i);
            if (thread.virtual != null && thread.continuation == null && !thread.done) {
                thread.virtual.interrupt(); // parked inside the JDK
            }
            while (!thread.done && thread.continuation != null && unwound < UNWINDING) {
                resume(thread);
            }
        }
        born.clear();
        code.clear();
    }

    /// Makes another thread of the program, which begins after the current step.
    ///
    /// @param handle  the object by which the program knows it, or null
    ProgramThread spawn(ProgramThread parent, String name, @Nullable Object handle, Code what) {
        int id = ids.computeIfAbsent(new Child(parent.id, parent.children++), _ -> ids.size());
        if (id >= Long.SIZE) {
            throw refusals.add("the program has more than %d threads".formatted(Long.SIZE), "Explore a smaller one.");
        }
        ProgramThread thread = new ProgramThread(
                id, name, handle, birth(parent), execution.locations().lifeOf(id).id);
        if (id >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(id + 1, byId.length * 2));
        }
        byId[id] = thread;
        threads.add(thread);
        code.put(thread, what);
        born.add(thread);
        return thread;
    }

    /// What a thread does before its first step belongs to the step that has started it.
    private int birth(ProgramThread parent) {
        return parent == outside ? -1 : parent.resumptions == 1 ? parent.bornIn() : execution.stepsDone();
    }

    /// {@return the thread of the program that this virtual thread is, or that the program knows by this
    /// object; null if there is none}
    @Nullable
    ProgramThread of(Thread thread) {
        for (int i = 0; i < threads.size(); i++) {
            ProgramThread one = threads.get(i);
            if (one.virtual == thread || one.handle == thread) {
                return one;
            }
        }
        return null;
    }
}
