package threadbook.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.Lab;
import threadbook.lab.explore.ExploredLoader;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.Screen;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TracingTest {
    private final Class<?> programs = load();

    private static Class<?> load() {
        try {
            return new ExploredLoader(Traced.class.getName()).loadClass(Traced.class.getName());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("no programs", e);
        }
    }

    private Body body(String name) {
        try {
            return (Body) programs.getMethod(name).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private Object field(String name) {
        try {
            Field field = programs.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private Timeline trace(String name) {
        return Lab.trace(body(name));
    }

    private static List<Segment> in(Timeline timeline, String lane, State state) {
        return timeline.lane(lane).segments().stream()
                .filter(each -> each.state() == state)
                .toList();
    }

    private static Segment longest(Timeline timeline, String lane, State state) {
        return in(timeline, lane, state).stream()
                .max(Comparator.comparingLong(Segment::length))
                .orElseThrow(() -> new AssertionError("never " + state + ": " + timeline));
    }

    @Test
    void who_waits_for_a_lock_is_blocked_until_its_holder_lets_it_go_on() {
        Timeline timeline = trace("locks");

        Segment wait = longest(timeline, "worker 1", State.LOCKED);
        assertThat(wait.on()).isEqualTo("Traced.lock");
        assertThat(wait.by()).isEqualTo("worker 0");
        assertThat(wait.place()).startsWith("Traced, line ");
        assertThat(in(timeline, "worker 0", State.SLEEPING)).isNotEmpty();
    }

    @Test
    void who_waits_for_a_monitor_is_blocked_too() {
        Segment wait = longest(trace("monitors"), "worker 1", State.LOCKED);

        assertThat(wait.on()).isEqualTo("Traced.monitor");
        assertThat(wait.by()).isEqualTo("worker 0");
    }

    @Test
    void only_one_thread_at_a_time_has_a_monitor() {
        Timeline timeline = trace("monitors");

        assertThat(timeline.peak(field("monitor"))).isEqualTo(1);
    }

    @Test
    void who_waits_for_a_word_names_the_thread_that_gave_it() {
        Segment wait = longest(trace("notified"), "worker 0", State.WAITING);

        assertThat(wait.on()).isEqualTo("Traced.monitor");
        assertThat(wait.by()).isEqualTo("worker 1");
    }

    @Test
    void of_three_permits_three_are_taken_at_once_and_no_more() {
        Timeline timeline = trace("semaphore");

        assertThat(timeline.peak(field("permits"))).isEqualTo(3);
        assertThat(timeline.svg()).contains("Traced.permits: 3");
        assertThat(timeline.lanes().stream()
                        .flatMap(lane -> lane.segments().stream())
                        .filter(each ->
                                each.state() == State.WAITING && each.on().equals("Traced.permits")))
                .isNotEmpty();
    }

    @Test
    void lanes_are_in_the_order_in_which_threads_are_made_and_the_caller_is_last() {
        assertThat(trace("semaphore").lanes())
                .extracting(Lane::name)
                .containsExactly(
                        "worker 0",
                        "worker 1",
                        "worker 2",
                        "worker 3",
                        "worker 4",
                        "worker 5",
                        "worker 6",
                        Thread.currentThread().getName());
    }

    @Test
    void a_queue_is_waited_for_until_somebody_puts_something_in() {
        Segment wait = longest(trace("queues"), "worker 0", State.WAITING);

        assertThat(wait.on()).isEqualTo("Traced.queue");
        assertThat(wait.by()).isEqualTo("worker 1");
    }

    @Test
    void a_parked_thread_names_who_unparked_it() {
        Segment wait = longest(trace("parked"), "sleeper", State.WAITING);

        assertThat(wait.by()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void the_caller_waits_for_its_threads() {
        Segment wait = longest(trace("semaphore"), Thread.currentThread().getName(), State.WAITING);

        assertThat(wait.on()).isEqualTo("its threads");
        assertThat(wait.by()).startsWith("worker ");
    }

    @Test
    void virtual_threads_have_lanes_and_their_carriers_have_none() {
        Timeline timeline = trace("virtuals");

        assertThat(timeline.lanes())
                .extracting(Lane::name)
                .containsExactly("v1", "v2", Thread.currentThread().getName());
        assertThat(timeline.lane("v1").kind()).isEqualTo(Lane.Kind.VIRTUAL);
        Segment wait = longest(timeline, "v1", State.WAITING);
        assertThat(wait.on()).isEqualTo("Traced.held");
        assertThat(wait.by()).isEqualTo("v2");
        assertThat(in(timeline, "v2", State.SLEEPING)).isNotEmpty();
    }

    @Test
    void a_virtual_thread_that_waits_for_a_monitor_is_blocked() {
        Segment wait = longest(trace("virtualMonitors"), "v2", State.LOCKED);

        assertThat(wait.on()).isEqualTo("Traced.monitor");
        assertThat(wait.by()).isEqualTo("v1");
    }

    @Test
    void ten_thousand_threads_are_recorded_and_folded_in_the_picture() {
        Timeline timeline = trace("manyVirtuals");

        assertThat(timeline.lanes()).hasSize(10_001);
        assertThat(timeline.svg()).contains("9970 more threads, folded").hasSizeLessThan(100_000);
        assertThat(timeline.toString()).contains("and 9977 more");
        assertThat(timeline.remarks()).anyMatch(each -> each.contains("row for the first 31 threads"));
    }

    @Test
    void the_worker_of_an_old_pool_is_said_to_be_one() {
        Timeline timeline = trace("pool");

        assertThat(timeline.lane("old pool").kind()).isEqualTo(Lane.Kind.POOL);
        assertThat(in(timeline, "old pool", State.SLEEPING)).isNotEmpty();
    }

    @Test
    void writing_a_file_is_output() {
        assertThat(in(trace("files"), Thread.currentThread().getName(), State.IO))
                .isNotEmpty();
    }

    @Test
    void who_has_the_global_lock_holds_it_and_who_asks_for_it_is_blocked() {
        Timeline timeline = trace("global");

        assertThat(in(timeline, "worker 0", State.HOLDING)).isNotEmpty();
        assertThat(in(timeline, "worker 1", State.HOLDING)).isNotEmpty();
        assertThat(timeline.millis(State.LOCKED)).isPositive();
    }

    @Test
    void at_no_moment_do_two_threads_hold_the_global_lock() {
        var holding = trace("global").lanes().stream()
                .flatMap(lane -> lane.segments().stream())
                .filter(each -> each.state() == State.HOLDING)
                .sorted(Comparator.comparingLong(Segment::begin))
                .toList();

        for (int i = 1; i < holding.size(); i++) {
            assertThat(holding.get(i).begin())
                    .isGreaterThanOrEqualTo(holding.get(i - 1).end());
        }
    }

    @Test
    void the_first_notes_of_a_thread_that_makes_too_many_are_counted_as_missing() {
        assertThat(trace("busy").remarks())
                .anyMatch(each -> each.contains("80000 older ones are missing"))
                .anyMatch(each -> each.startsWith("Recorded: 100001 notes at "));
    }

    @Test
    void code_that_does_nothing_has_one_lane() {
        Timeline timeline = trace("nothing");

        assertThat(timeline.lanes()).hasSize(1);
        assertThat(timeline.peak()).isEqualTo(1);
        assertThat(timeline.toString()).contains("1 thread");
    }

    @Test
    void what_the_code_throws_arrives_and_the_timeline_until_then_is_shown() {
        try (var screen = new Shown()) {
            assertThatThrownBy(() -> trace("thrower"))
                    .isInstanceOf(BodyFailedException.class)
                    .hasRootCauseMessage("no tea");

            assertThat(screen.values).hasSize(1);
            assertThat(screen.values.getFirst().toString()).contains("S sleeping");
        }
    }

    @Test
    void code_without_an_end_ends_when_its_thread_is_interrupted() throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        try (var screen = new Shown()) {
            Thread endless = Thread.ofPlatform().name("endless").start(() -> {
                try {
                    trace("endless");
                } catch (WaitInterruptedException e) {
                    thrown.set(e);
                }
            });
            while (endless.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            endless.interrupt();
            endless.join();

            assertThat(thrown.get()).isInstanceOf(WaitInterruptedException.class);
            assertThat(screen.values).hasSize(1);
        }
        assertThat(trace("nothing").lanes()).hasSize(1); // the next one begins
    }

    @Test
    void a_thread_that_goes_on_is_cut_where_the_code_ends() {
        Timeline timeline = trace("leftBehind");

        assertThat(timeline.lane("straggler").ended()).isFalse();
        assertThat(timeline.lane("straggler").end()).isEqualTo(timeline.length());
    }

    @Test
    void names_are_text_and_never_markup() {
        Timeline timeline = trace("escapes");

        assertThat(timeline.mimeBundle().get("text/html")).doesNotContain("<script");
        assertThat(timeline.svg()).contains("&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void each_lane_is_without_gaps() {
        for (Lane lane : trace("locks").lanes()) {
            for (int i = 1; i < lane.segments().size(); i++) {
                assertThat(lane.segments().get(i).begin())
                        .isEqualTo(lane.segments().get(i - 1).end());
            }
        }
    }

    @Test
    void the_file_to_be_downloaded_is_json_with_a_name_for_each_lane() {
        Timeline timeline = trace("locks");

        assertThat(timeline.chromeTrace())
                .startsWith("{")
                .contains("\"traceEvents\"", "thread_name", "worker 0", "blocked on a lock");
        assertThat(timeline.mimeBundle().get("text/html"))
                .contains("download=\"timeline.json.gz\"", "<img", "alt=\"Timeline of ");
    }

    @Test
    void a_lane_that_does_not_exist_is_refused_with_the_names_of_those_that_do() {
        Timeline timeline = trace("locks");

        assertThatThrownBy(() -> timeline.latency("worker 7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("worker 0, worker 1");
        assertThatThrownBy(() -> timeline.latency(3)).hasMessageContaining("from 0 to 2, found 3");
        assertThatThrownBy(() -> timeline.peak("tea")).hasMessageContaining("Traced.lock");
    }

    @Test
    void the_latency_of_a_lane_counts_the_times_that_it_was_held_up() {
        Timeline timeline = trace("locks");

        Latency latency = timeline.latency(1);

        assertThat(latency.thread()).isEqualTo("worker 1");
        assertThat(latency.count()).isPositive();
        assertThat(latency.max() * 1e6)
                .isGreaterThanOrEqualTo(
                        longest(timeline, "worker 1", State.LOCKED).length());
        assertThat(latency.table().rowCount()).isEqualTo(latency.count());
    }

    @Test
    void the_table_has_a_row_for_each_stretch() {
        Timeline timeline = trace("locks");

        assertThat(timeline.table().rowCount())
                .isEqualTo(timeline.lanes().stream()
                        .mapToInt(lane -> lane.segments().size())
                        .sum());
        assertThat(timeline.table().stringColumn("let go by").asList()).contains("worker 0");
    }

    /// Keeps what is shown.
    private static final class Shown implements Screen, AutoCloseable {
        final List<Object> values = new CopyOnWriteArrayList<>();
        private final Screen before = Screen.install(this);

        @Override
        public String display(Object value) {
            values.add(value);
            return "";
        }

        @Override
        public void update(String id, Object value) {
            values.add(value);
        }

        @Override
        public void close() {
            Screen.install(before);
        }
    }
}
