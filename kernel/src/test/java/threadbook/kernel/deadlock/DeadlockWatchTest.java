package threadbook.kernel.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The watch with looks that the test hands it one by one.
@Timeout(30)
class DeadlockWatchTest {
    private final SynchronousQueue<List<Deadlock>> looks = new SynchronousQueue<>();
    private final BlockingQueue<Deadlock> reports = new LinkedBlockingQueue<>();
    private final DeadlockWatch watch = new DeadlockWatch(this::look, reports::add).start();

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void a_ring_that_two_looks_show_is_reported_once() throws Exception {
        var ring = ring(new Thread("A"), new Thread("B"));
        watch.cellBegins();

        looks.put(List.of(ring));
        looks.put(List.of(ring));
        looks.put(List.of(ring));
        looks.put(List.of());

        assertThat(reports).containsExactly(ring);
    }

    @Test
    void a_ring_that_only_one_look_shows_is_no_deadlock() throws Exception {
        watch.cellBegins();

        looks.put(List.of(ring(new Thread("A"), new Thread("B"))));
        looks.put(List.of());
        looks.put(List.of());

        assertThat(reports).isEmpty();
    }

    @Test
    void a_ring_that_comes_again_is_reported_again() throws Exception {
        var ring = ring(new Thread("A"), new Thread("B"));
        watch.cellBegins();

        looks.put(List.of(ring));
        looks.put(List.of(ring));
        looks.put(List.of());
        looks.put(List.of(ring));
        looks.put(List.of(ring));
        looks.put(List.of());

        assertThat(reports).hasSize(2);
    }

    @Test
    void a_report_for_which_there_was_no_memory_is_made_at_the_next_look() throws Exception {
        var full = new AtomicBoolean(true);
        var ring = ring(new Thread("A"), new Thread("B"));
        Consumer<Deadlock> report = found -> {
            if (full.getAndSet(false)) {
                throw new OutOfMemoryError();
            }
            reports.add(found);
        };
        try (var starved = new DeadlockWatch(this::look, report).start()) {
            starved.cellBegins();

            looks.put(List.of(ring));
            looks.put(List.of(ring));
            looks.put(List.of(ring));
            looks.put(List.of());
        }

        assertThat(reports).containsExactly(ring);
    }

    private List<Deadlock> look() {
        try {
            return looks.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Deadlock ring(Thread one, Thread other) {
        return new Deadlock(List.of(link(one, "b"), link(other, "a")));
    }

    private static Deadlock.Link link(Thread thread, String lock) {
        var view = new ThreadView(thread, List.of(), Optional.of(lock), Optional.empty(), List.of());
        return new Deadlock.Link(view, lock);
    }
}
