package threadbook.lab.gil;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.Parallel;
import threadbook.lab.thread.WaitInterruptedException;

/// The workloads on threads of this JVM under a [GlobalLock], dropped where CPython drops its own.
final class Model {
    private static final long RUN_NANOS = 120_000_000; // what one worker is to take for a run
    private static final long WARM_UP_NANOS = 600_000_000;
    private static final int CHECK_EVERY = 100; // turns of a loop, of about a nanosecond each
    private static final byte[] LARGE = new byte[1 << 23];
    private static final byte[] SMALL = new byte[1024];

    // Written so that the compiler cannot leave the work out; which thread wins does not matter.
    private static volatile long sink;

    private final GlobalLock lock;

    Model(double switchMillis) {
        lock = GlobalLock.of(switchMillis);
    }

    /// {@return times by numbers of workers, best of the rounds}
    Times measure(Workload workload, int rounds) {
        LongConsumer body = body(workload.name());
        boolean free = workload.name().equals("processes"); // each has a lock of its own, which nobody else wants
        long amount = workload.name().equals("sleep") ? 8 : calibrated(body);
        var times = new Times();
        for (int round = -1; round < rounds; round++) { // the first one is for the JIT, which has not seen a switch yet
            for (int workers : workload.workers()) {
                long each = workload.split() ? amount / workers : amount;
                long begun = System.nanoTime();
                Parallel.run(workers, _ -> {
                    if (free) {
                        GlobalLock.of(lock.switchMillis()).run(() -> body.accept(each));
                    } else {
                        lock.run(() -> body.accept(each));
                    }
                });
                if (round >= 0) {
                    times.add(workers, (System.nanoTime() - begun) / 1e9);
                }
            }
        }
        return times;
    }

    private LongConsumer body(String name) {
        return switch (name) {
            case "countdown", "processes" -> this::countdown;
            case "primes" -> this::primes;
            case "sleep" -> this::naps;
            case "sha256 large" -> n -> repeat(n, () -> lock.release(() -> hash(LARGE)));
            case "sha256 small" -> n -> repeat(n, () -> hash(SMALL));
            case "pbkdf2" -> n -> repeat(n, () -> lock.release(Model::derive));
            default -> throw new IllegalArgumentException("The model has no workload " + name);
        };
    }

    private long calibrated(LongConsumer body) {
        long amount = 4;
        long took = 0;
        long since = System.nanoTime();
        while (took < RUN_NANOS / 2 || System.nanoTime() - since < WARM_UP_NANOS) {
            long begun = System.nanoTime();
            long now = amount;
            lock.run(() -> body.accept(now));
            took = System.nanoTime() - begun;
            amount = took < RUN_NANOS / 2 ? amount * 2 : amount;
        }
        return Math.max(4, Math.round(amount * (double) RUN_NANOS / took) / 4 * 4);
    }

    private void countdown(long from) {
        long x = from * 1000;
        long mixed = 0;
        int turns = CHECK_EVERY;
        while (x > 0) {
            x--;
            mixed += x ^ (mixed << 1); // so that the JIT cannot know the end
            if (--turns == 0) {
                lock.check();
                turns = CHECK_EVERY;
            }
        }
        sink = mixed;
    }

    private void primes(long below) {
        long count = 0;
        int turns = CHECK_EVERY;
        for (long i = 2; i < below * 100; i++) {
            boolean prime = true;
            for (long d = 2; d * d <= i; d++) {
                if (--turns == 0) {
                    lock.check();
                    turns = CHECK_EVERY;
                }
                if (i % d == 0) {
                    prime = false;
                    break;
                }
            }
            count += prime ? 1 : 0;
        }
        sink = count;
    }

    private void naps(long count) {
        repeat(count, () -> lock.release(() -> Thread.sleep(25)));
    }

    private void repeat(long count, Runnable call) {
        for (long i = 0; i < count; i++) {
            call.run();
            lock.check();
        }
    }

    private static void hash(byte[] bytes) {
        try {
            sink = MessageDigest.getInstance("SHA-256").digest(bytes)[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void derive() {
        var spec = new PBEKeySpec("password".toCharArray(), new byte[] {1, 2, 3, 4}, 5_000, 256);
        try {
            sink = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        }
    }

    /// {@return seconds until 10 000 sleeps of a second are over}; on virtual threads, which need no lock to wait
    static double gather() {
        long begun = System.nanoTime();
        BodyFailedException.unchecked(() -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    all.add(threads.submit(() -> {
                        Thread.sleep(1000);
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            }
        });
        return (System.nanoTime() - begun) / 1e9;
    }

    /// A server that answers under the lock, beside threads that burn under it.
    ///
    /// @return what the asker measured
    long[] ping(int beside, Pings asker) {
        return BodyFailedException.unchecked(() -> {
            try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                var burners = new ArrayList<Thread>();
                for (int i = 0; i < beside; i++) {
                    burners.add(daemon(
                            "burner " + i,
                            () -> lock.run(() -> {
                                while (!Thread.currentThread().isInterrupted()) {
                                    countdown(1);
                                }
                            })));
                }
                Thread server = daemon("ping server", () -> lock.run(() -> answer(socket)));
                try {
                    return asker.ask(socket.getLocalPort());
                } finally {
                    socket.close(); // ends the server
                    burners.forEach(Thread::interrupt);
                    server.interrupt();
                }
            }
        });
    }

    private static Thread daemon(String name, Runnable body) {
        return Thread.ofPlatform().daemon(true).name(name).start(() -> {
            try {
                body.run();
            } catch (WaitInterruptedException _) {
                // the measurement is over
            }
        });
    }

    private void answer(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[64], 64);
        while (!socket.isClosed()) {
            try {
                lock.release(() -> {
                    packet.setLength(64);
                    socket.receive(packet);
                });
                lock.release(() -> socket.send(packet));
            } catch (BodyFailedException e) {
                return; // the socket was closed
            }
        }
    }
}
