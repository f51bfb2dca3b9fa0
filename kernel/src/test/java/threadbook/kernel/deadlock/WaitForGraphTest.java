package threadbook.kernel.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Plants rings of threads and looks for them. The threads of a monitor's ring can never be ended, so
/// they are daemons and few.
@Timeout(30)
class WaitForGraphTest {
    private final ThreadViews views = ThreadViews.open().orElseThrow();
    private final CyclicBarrier bothHold = new CyclicBarrier(2);
    private final ReentrantLock left = new ReentrantLock();
    private final ReentrantLock right = new ReentrantLock();
    private final List<Thread> started = new java.util.ArrayList<>();

    @AfterEach
    void interrupt() {
        started.forEach(Thread::interrupt);
    }

    @Test
    void finds_two_platform_threads_with_monitors() {
        Object a = "monitor a".toCharArray();
        Object b = "monitor b".toCharArray();

        var ring = ring(
                Thread.ofPlatform().daemon(),
                () -> inMonitors(a, b),
                Thread.ofPlatform().daemon(),
                () -> inMonitors(b, a));

        assertThat(ring.ring()).extracting(Deadlock.Link::lock).containsExactlyInAnyOrder(a, b);
    }

    @Test
    void finds_two_virtual_threads_with_monitors() {
        Object a = "monitor a".toCharArray();
        Object b = "monitor b".toCharArray();

        var ring = ring(Thread.ofVirtual(), () -> inMonitors(a, b), Thread.ofVirtual(), () -> inMonitors(b, a));

        assertThat(ring.threads()).hasSize(2);
    }

    @Test
    void finds_a_virtual_thread_with_a_lock_and_a_platform_thread_with_a_monitor() {
        Object monitor = "monitor".toCharArray();
        var lock = new ReentrantLock();

        var ring = ring(Thread.ofVirtual(), () -> lockThenMonitor(lock, monitor), Thread.ofPlatform(), () -> {
            synchronized (monitor) {
                meet();
                interruptibly(lock);
            }
        });

        assertThat(ring.threads()).hasSize(2);
    }

    @Test
    void finds_locks_and_write_locks_and_names_them_by_their_variables() {
        var lock = new ReentrantLock();
        var readWrite = new ReentrantReadWriteLock();
        Lock write = readWrite.writeLock();

        var ring = ring(
                Thread.ofVirtual().name("T1"),
                () -> inLocks(lock, write),
                Thread.ofPlatform().name("T2"),
                () -> inLocks(write, lock));

        var names = new LockNames(Map.of("forks", new Object[] {lock}, "book", readWrite));
        var report = new DeadlockReport(ring, names, new LockSites(_ -> Optional.empty()));
        assertThat(report.text())
                .contains("T1 holds forks[0] and waits for book")
                .contains("T2 holds book and waits for forks[0]");
    }

    @Test
    void says_in_which_line_a_monitor_was_entered() {
        Object a = "monitor a".toCharArray();
        Object b = "monitor b".toCharArray();
        var ring = ring(Thread.ofVirtual(), () -> inMonitors(a, b), Thread.ofVirtual(), () -> inMonitors(b, a));
        var holder = ring.ring().getFirst().waiter();
        var sites = new LockSites(WaitForGraphTest::bytes);

        var waits = sites.waits(holder).orElseThrow();
        var taken =
                sites.taken(holder, holder.monitors().getFirst().monitor(), "").orElseThrow();

        assertThat(waits.line()).isEqualTo(taken.line() + 2);
        assertThat(taken.file()).isEqualTo("WaitForGraphTest.java");
    }

    @Test
    void says_in_which_line_a_lock_was_taken() {
        var ring = ring(Thread.ofVirtual(), this::leftThenRight, Thread.ofPlatform(), this::rightThenLeft);
        var names = new LockNames(Map.of("left", left, "right", right));
        var report = new DeadlockReport(ring, names, new LockSites(WaitForGraphTest::bytes));

        assertThat(report.text())
                .containsPattern(
                        "holds left \\(taken in WaitForGraphTest.java, line \\d+\\) and waits for right \\(in Wait")
                .containsPattern("holds right \\(taken in WaitForGraphTest.java, line \\d+\\) and waits for left");
    }

    @Test
    void sees_no_ring_where_threads_merely_wait() throws InterruptedException {
        var lock = new ReentrantLock();
        var semaphore = new Semaphore(0);
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        var waiting = new CountDownLatch(3);
        lock.lock();
        start(Thread.ofVirtual(), () -> {
            waiting.countDown();
            interruptibly(lock);
        });
        start(Thread.ofPlatform(), () -> {
            waiting.countDown();
            semaphore.acquireUninterruptibly();
        });
        start(Thread.ofVirtual(), () -> {
            waiting.countDown();
            lock.lock();
        });
        waiting.await();

        assertThat(deadlocks().stream().filter(ring -> started.stream().anyMatch(ring.threads()::contains)))
                .isEmpty();

        lock.unlock();
        semaphore.release();
        assertThat(queue).isEmpty();
    }

    @Test
    void draws_every_thread_and_lock_of_the_ring() {
        var drawing =
                new RingDrawing(List.of(new RingDrawing.Label("A", "b"), new RingDrawing.Label("B", "<a>")), "A and B");

        assertThat(drawing.svg()).contains(">A<", ">B<", ">b<", "&lt;a&gt;", "waits for", "is held by");
        assertThat(drawing.html()).contains("alt=\"A and B\"");
    }

    @Test
    void draws_the_same_where_numbers_have_a_comma() {
        var ring = List.of(new RingDrawing.Label("A", "b"), new RingDrawing.Label("B", "a"));
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            String everywhere = new RingDrawing(ring, "A and B").svg();
            Locale.setDefault(Locale.of("ru", "RU"));

            assertThat(new RingDrawing(ring, "A and B").svg()).isEqualTo(everywhere);
        } finally {
            Locale.setDefault(here);
        }
    }

    private Deadlock ring(Thread.Builder one, Runnable first, Thread.Builder other, Runnable second) {
        start(one, first);
        start(other, second);
        while (true) {
            for (Deadlock ring : deadlocks()) {
                if (started.stream().allMatch(ring.threads()::contains)) {
                    return ring;
                }
            }
            Thread.onSpinWait();
        }
    }

    private List<Deadlock> deadlocks() {
        return new WaitForGraph(views.all().stream()
                        .flatMap(thread -> views.of(thread).stream())
                        .toList())
                .deadlocks();
    }

    private void start(Thread.Builder builder, Runnable body) {
        started.add(builder.start(body));
    }

    private void inMonitors(Object outer, Object inner) {
        synchronized (outer) {
            meet();
            synchronized (inner) {
                throw new AssertionError("both threads hold both monitors");
            }
        }
    }

    private void lockThenMonitor(Lock lock, Object monitor) {
        lock.lock();
        meet();
        synchronized (monitor) {
            lock.unlock();
        }
    }

    private void inLocks(Lock outer, Lock inner) {
        outer.lock();
        meet();
        interruptibly(inner);
    }

    private void leftThenRight() {
        left.lock();
        meet();
        interruptibly(right);
    }

    private void rightThenLeft() {
        right.lock();
        meet();
        interruptibly(left);
    }

    private static Optional<byte[]> bytes(String className) {
        if (!className.equals(WaitForGraphTest.class.getName())) {
            return Optional.empty();
        }
        try (var in = WaitForGraphTest.class.getResourceAsStream("WaitForGraphTest.class")) {
            return Optional.of(java.util.Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void interruptibly(Lock lock) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void meet() {
        try {
            bothHold.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
