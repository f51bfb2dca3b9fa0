package threadbook.lab.explore;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import threadbook.lab.explore.engine.Program;
import threadbook.lab.thread.Body;

/// Small programs whose outcomes are known.
@SuppressWarnings("unused") // found by name, in a loader that weaves them
public final class Programs {
    static int x;
    static int counter;
    static ReentrantLock a = new ReentrantLock();
    static ReentrantLock b = new ReentrantLock();
    static Semaphore s = new Semaphore(1);
    static Semaphore t = new Semaphore(1);
    static int y;
    static int r1;
    static int r2;
    static boolean stop;
    static final Object monitor = new Object();

    private Programs() {}

    private static Program program(Body setup, java.util.concurrent.Callable<?> outcome, Body... bodies) {
        return new Program(
                setup,
                List.of("A", "B", "C", "D", "E").subList(0, bodies.length),
                List.of(bodies),
                outcome,
                Programs.class.getClassLoader());
    }

    static Program addAndDouble() {
        return program(() -> x = 2, () -> x, () -> x = x + 1, () -> x = x * 2);
    }

    /// The second reader's first read can come before the write while the first reader, who is late for another
    /// reason, reads after it.
    static Program oneWriterTwoReaders() {
        return program(
                () -> {
                    counter = 0;
                    r1 = 0;
                    r2 = 0;
                },
                () -> r1 + " " + r2,
                () -> counter++,
                () -> {
                    s.tryAcquire();
                    r1 = counter;
                },
                () -> r2 = counter == 1 ? 1 : counter == 1 ? 2 : 3);
    }

    static void increase(int by) throws Exception {
        int local = counter;
        local += by;
        Thread.sleep(100);
        counter = local;
    }

    static Program lostUpdate() {
        return program(() -> counter = 0, () -> counter, () -> increase(10), () -> increase(20));
    }

    static Program increments(int threads, int each) {
        Body body = () -> {
            for (int i = 0; i < each; i++) {
                counter++;
            }
        };
        Body[] bodies = new Body[threads];
        java.util.Arrays.fill(bodies, body);
        return program(() -> counter = 0, () -> counter, bodies);
    }

    static final ReentrantLock[] own = {new ReentrantLock(), new ReentrantLock(), new ReentrantLock()};

    static void takeBoth(int thread) {
        own[thread].lock();
        own[thread].unlock();
        a.lock();
        counter++;
        a.unlock();
    }

    /// Only the order in which they take the shared lock makes a difference.
    static Program ownAndShared() {
        return program(() -> counter = 0, () -> counter, () -> takeBoth(0), () -> takeBoth(1), () -> takeBoth(2));
    }

    static void ab() {
        a.lock();
        b.lock();
        a.unlock();
        b.unlock();
    }

    static void ba() {
        b.lock();
        a.lock();
        b.unlock();
        a.unlock();
    }

    static void abLifo() {
        a.lock();
        b.lock();
        b.unlock();
        a.unlock();
    }

    static void baLifo() {
        b.lock();
        a.lock();
        a.unlock();
        b.unlock();
    }

    static Program crossed() {
        return program(() -> {}, () -> "done", Programs::ab, Programs::ba);
    }

    static Program sameOrder() {
        return program(() -> {}, () -> "done", Programs::ab, Programs::ab);
    }

    static Program sameOrderLifo() {
        return program(() -> {}, () -> "done", Programs::abLifo, Programs::abLifo);
    }

    static Program crossedLifo() {
        return program(() -> {}, () -> "done", Programs::abLifo, Programs::baLifo);
    }

    static Program acquiredAgain() {
        return program(() -> s = new Semaphore(1), () -> "done", () -> {
            s.acquire();
            s.acquire();
        });
    }

    static Program crossedSemaphores() {
        return program(
                () -> {
                    s = new Semaphore(1);
                    t = new Semaphore(1);
                },
                () -> "done",
                () -> {
                    s.acquire();
                    t.acquire();
                    s.release();
                    t.release();
                },
                () -> {
                    t.acquire();
                    s.acquire();
                    t.release();
                    s.release();
                });
    }

    static Program behindSemaphore(int permits) {
        Body body = () -> {
            s.acquire();
            x += 1;
            s.release();
        };
        return program(
                () -> {
                    s = new Semaphore(permits);
                    x = 0;
                },
                () -> x,
                body,
                body);
    }

    static Program philosophers(boolean reverse) {
        ReentrantLock[] forks = {new ReentrantLock(), new ReentrantLock(), new ReentrantLock()};
        Body[] bodies = new Body[3];
        for (int i = 0; i < 3; i++) {
            ReentrantLock left = forks[i];
            ReentrantLock right = forks[(i + 1) % 3];
            bodies[i] = () -> {
                left.lock();
                right.lock();
                (reverse ? right : left).unlock();
                (reverse ? left : right).unlock();
            };
        }
        return program(() -> {}, () -> "done", bodies);
    }

    static Program storeBuffering() {
        return program(
                () -> {
                    x = 0;
                    y = 0;
                },
                () -> "(" + r1 + "," + r2 + ")",
                () -> {
                    x = 1;
                    r1 = y;
                },
                () -> {
                    y = 1;
                    r2 = x;
                });
    }

    static Program waitsInALoop() {
        return program(
                () -> stop = false,
                () -> "done",
                () -> {
                    while (!stop) {}
                },
                () -> stop = true);
    }

    static Program synchronizedIncrements() {
        Body body = () -> {
            synchronized (monitor) {
                counter++;
            }
        };
        return program(() -> counter = 0, () -> counter, body, body);
    }
}
