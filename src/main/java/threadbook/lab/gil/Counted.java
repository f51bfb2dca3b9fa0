package threadbook.lab.gil;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// An object that counts the references to it, in one of several ways. Its count begins at 1.
///
/// The loops stand here one for each way, so that the JIT compiles each for itself.
sealed interface Counted {

    /// Adds a reference and takes it away again, so many times. Two threads may call it at once; that it counts
    /// right then is what is in question.
    void pairs(long times);

    /// {@return the count; 1 is right once all threads are done}
    long count();

    /// Reads, adds, writes: three steps. Opaque accesses, so that the JIT cannot leave the loop out.
    final class Plain implements Counted {
        private static final VarHandle COUNT = handle(Plain.class, "count");

        @SuppressWarnings("unused") // by its handle
        private long count = 1;

        @Override
        public void pairs(long times) {
            for (long i = 0; i < times; i++) {
                COUNT.setOpaque(this, (long) COUNT.getOpaque(this) + 1);
                COUNT.setOpaque(this, (long) COUNT.getOpaque(this) - 1);
            }
        }

        @Override
        public long count() {
            return (long) COUNT.getOpaque(this);
        }
    }

    /// The same, by threads that run under a global lock, which they look at after each pair.
    final class UnderGlobalLock implements Counted {
        private static final VarHandle COUNT = handle(UnderGlobalLock.class, "count");

        private final GlobalLock lock = GlobalLock.of(5);

        @SuppressWarnings("unused") // by its handle
        private long count = 1;

        @Override
        public void pairs(long times) {
            lock.run(() -> {
                for (long i = 0; i < times; i++) {
                    COUNT.setOpaque(this, (long) COUNT.getOpaque(this) + 1);
                    COUNT.setOpaque(this, (long) COUNT.getOpaque(this) - 1);
                    lock.check();
                }
            });
        }

        @Override
        public long count() {
            return (long) COUNT.getOpaque(this);
        }
    }

    /// With a lock of its own in each object.
    final class Locked implements Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private long count = 1; // guarded by lock

        @Override
        public void pairs(long times) {
            for (long i = 0; i < times; i++) {
                add(1);
                add(-1);
            }
        }

        private void add(int change) {
            lock.lock();
            try {
                count += change;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long count() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }
    }

    /// By instructions of the processor that nobody can come between.
    final class Atomic implements Counted {
        private final AtomicLong count = new AtomicLong(1);

        @Override
        public void pairs(long times) {
            for (long i = 0; i < times; i++) {
                count.incrementAndGet();
                count.decrementAndGet();
            }
        }

        @Override
        public long count() {
            return count.get();
        }
    }

    /// Plainly by the thread that made the object, atomically and elsewhere by all others.
    ///
    /// @see <a href="https://peps.python.org/pep-0703/#biased-reference-counting">PEP 703</a>
    final class Biased implements Counted {
        private static final VarHandle OWN = handle(Biased.class, "own");

        private final AtomicLong others = new AtomicLong();
        private final Thread owner;

        @SuppressWarnings("unused") // by its handle
        private long own = 1; // written by the owner alone

        Biased(Thread owner) {
            this.owner = owner;
        }

        @Override
        public void pairs(long times) {
            for (long i = 0; i < times; i++) {
                add(1);
                add(-1);
            }
        }

        private void add(int change) {
            if (Thread.currentThread() == owner) {
                OWN.setOpaque(this, (long) OWN.getOpaque(this) + change);
            } else {
                others.addAndGet(change);
            }
        }

        @Override
        public long count() {
            return (long) OWN.getOpaque(this) + others.get();
        }
    }

    private static VarHandle handle(Class<?> type, String field) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).findVarHandle(type, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
