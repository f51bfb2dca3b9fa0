package threadbook.lab.explore;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.search.Search;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.Exploring;

/// Where programs are run to be explored: on a thread of its own, one exploration at a time in a JVM.
final class Laboratory {
    private static final ReentrantLock ALONE = new ReentrantLock(); // held by whoever explores

    /// What is done in it.
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
        try {
            ALONE.lockInterruptibly();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("explore");
        }
        try (var _ = Exploring.weave(program)) {
            return running.result();
        } finally {
            ALONE.unlock();
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
