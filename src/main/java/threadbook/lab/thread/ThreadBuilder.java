package threadbook.lab.thread;

import java.util.concurrent.atomic.AtomicInteger;

/// A thread that has been described but not started: call [#start].
///
/// Immutable; each call of [#start] starts another thread.
/// An exception that the body throws goes to the thread's uncaught exception handler, which
/// reports it; a body that ends because its thread was interrupted ends silently, since an
/// interrupt is a request to end and not a fault.
///
/// ```java
/// var t = thread("T1", () -> IO.println("hello")).daemon(true).start();
/// t.join();
/// ```
public final class ThreadBuilder {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final Body body;
    private final Kind kind;

    private enum Kind {
        PLATFORM,
        DAEMON,
        VIRTUAL
    }

    private ThreadBuilder(String name, Body body, Kind kind) {
        this.name = name;
        this.body = body;
        this.kind = kind;
    }

    /// {@return a platform thread named `thread-1`, `thread-2` and so on, not a daemon}
    public static ThreadBuilder of(Body body) {
        return of("thread-" + COUNT.incrementAndGet(), body);
    }

    /// {@return a platform thread of that name, not a daemon}
    public static ThreadBuilder of(String name, Body body) {
        return new ThreadBuilder(name, body, Kind.PLATFORM);
    }

    /// {@return the same thread, as a daemon or not}; a JVM ends when only daemon threads are left
    public ThreadBuilder daemon(boolean daemon) {
        return new ThreadBuilder(name, body, daemon ? Kind.DAEMON : Kind.PLATFORM);
    }

    /// {@return the same thread as a virtual one}, which is always a daemon
    public ThreadBuilder virtual() {
        return new ThreadBuilder(name, body, Kind.VIRTUAL);
    }

    /// {@return what the thread will be called}
    public String name() {
        return name;
    }

    /// {@return what the thread will do}
    public Body body() {
        return body;
    }

    /// {@return the thread, started}
    public Thread start() {
        Runnable task = ThreadLedger.entering(this::runReporting);
        return switch (kind) {
            case PLATFORM -> Thread.ofPlatform().name(name).daemon(false).start(task);
            case DAEMON -> Thread.ofPlatform().name(name).daemon(true).start(task);
            case VIRTUAL -> Thread.ofVirtual().name(name).start(task);
        };
    }

    // Catches everything, because a body may throw everything: this is the end of its thread.
    private void runReporting() {
        try {
            body.run();
        } catch (Throwable thrown) {
            if (!WaitInterruptedException.isInterruption(thrown)) {
                Thread self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
            }
        }
    }

    @Override
    public String toString() {
        return "thread %s, described but not started: call start()".formatted(name);
    }
}
