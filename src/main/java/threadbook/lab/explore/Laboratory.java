package threadbook.lab.explore;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.search.Search;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSites;
import threadbook.runtime.Exploring;

/// Where programs are run to be explored: on a thread of its own, one exploration at a time in a JVM.
public final class Laboratory {
    private static final ReentrantLock ALONE = new ReentrantLock(); // held by whoever explores

    /// An exploration that is done in it.
    @FunctionalInterface
    interface Work<T> {
        /// {@return what was found out}
        ///
        /// @throws InterruptedException  if the engine was stopped
        T in(Engine engine, Search search) throws InterruptedException;
    }

    private Laboratory() {}

    /// {@return what the work finds out}; the calling thread waits for it
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted: then the search ends
    static <T> T explore(Engine engine, ClassLoader program, Duration budget, Work<T> work) {
        var running = new Running<>(engine, budget, work);
        alone();
        try (var _ = Exploring.weave(program)) {
            return running.result();
        } finally {
            ALONE.unlock();
        }
    }

    /// {@return what the work returns, done on the calling thread while somebody listens to the program}
    ///
    /// @param program  the loader of the program's classes
    /// @throws WaitInterruptedException  if the calling thread is interrupted before it begins
    /// @throws Exception                 what the work throws
    public static <T> T listening(AccessListener listener, ClassLoader program, Callable<T> work) throws Exception {
        alone();
        try (var _ = Exploring.weave(program)) {
            AccessSites.listen(listener);
            try {
                return work.call();
            } finally {
                AccessSites.ignore();
            }
        } finally {
            ALONE.unlock();
        }
    }

    private static void alone() {
        try {
            ALONE.lockInterruptibly();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("explore");
        }
    }

    /// A thread of the platform: a virtual one cannot run the virtual threads of the program. Not the
    /// caller's: an interrupt of it must not get lost while it runs those.
    private static final class Running<T> {
        private final Engine engine;
        private final FutureTask<T> task;

        Running(Engine engine, Duration budget, Work<T> work) {
            this.engine = engine;
            task = new FutureTask<>(() -> {
                try (engine) {
                    engine.open();
                    return work.in(engine, new Search(engine, budget));
                }
            });
        }

        T result() {
            Thread.ofPlatform().daemon().name("explorer").start(task);
            try {
                return task.get();
            } catch (InterruptedException _) {
                engine.stop();
                throw WaitInterruptedException.restoringFlag("explore");
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException thrown -> throw thrown;
                    case Error thrown -> throw thrown;
                    case null, default -> throw new IllegalStateException(e.getCause());
                }
            }
        }
    }
}
