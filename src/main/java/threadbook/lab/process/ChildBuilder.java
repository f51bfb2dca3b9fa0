package threadbook.lab.process;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import threadbook.lab.process.travel.CannotTravelException;
import threadbook.lab.process.travel.Luggage;

/// A process that has been described but not started: call [#start].
///
/// Its body is a lambda of a cell; it runs in a JVM of its own, with copies of the variables that it reads as they
/// are at the start. Immutable; each call of [#start] starts another process.
///
/// ```java
/// var p = process("p1", () -> IO.println("hello from pid " + pid())).start();
/// p.join();
/// ```
///
/// @param <T>  what the body returns; [Void] if nothing
public final class ChildBuilder<T> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final Serializable body;
    private final boolean daemon;

    private ChildBuilder(String name, Serializable body, boolean daemon) {
        this.name = name;
        this.body = body;
        this.daemon = daemon;
    }

    /// {@return a process named `process-1`, `process-2` and so on, not a daemon}
    ///
    /// @param body  a [threadbook.lab.thread.Body] or a [threadbook.lab.thread.Result]
    public static <T> ChildBuilder<T> of(Serializable body) {
        return of("process-" + COUNT.incrementAndGet(), body);
    }

    /// {@return a process of that name, not a daemon}
    public static <T> ChildBuilder<T> of(String name, Serializable body) {
        return new ChildBuilder<>(name, body, false);
    }

    /// {@return the same process, as a daemon or not}
    ///
    /// A JVM that wants to end waits for the processes that it has started, but not for daemons: those end with
    /// it. This notebook's own JVM ends all of them when it is shut down.
    public ChildBuilder<T> daemon(boolean daemon) {
        return new ChildBuilder<>(name, body, daemon);
    }

    /// {@return the process, started}
    ///
    /// @throws CannotTravelException  if the body needs a value that cannot be written for another process
    public Child<T> start() {
        var child = new Child<T>(name, body, daemon);
        boolean packed = false;
        try {
            child.begin(Luggage.of("The body of process " + name, body)); // while the JVM comes up
            packed = true;
        } finally {
            if (!packed) {
                child.kill();
            }
        }
        return child;
    }

    @Override
    public String toString() {
        return "process %s, described but not started: call start()".formatted(name);
    }
}
