package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.runtime.CellStopped;
import threadbook.runtime.Exit;
import threadbook.runtime.StopSites;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WeaverTest {

    @Test
    void every_construct_of_the_language_does_what_it_did() throws ReflectiveOperationException {
        WovenLoader loader = WovenLoader.of(Constructs.class.getName());

        assertThat(supplier(loader, Constructs.class).get()).isEqualTo(new Constructs().get());
        assertThat(loader.defined()).hasSizeGreaterThan(8);
    }

    @Test
    void each_method_begins_with_a_stop_site_and_each_loop_has_one() throws Exception {
        ClassModel woven = ClassFile.of().parse(woven(Loop.class, plain()));

        MethodModel get = woven.methods().stream()
                .filter(method -> method.methodName().equalsString("get"))
                .findFirst()
                .orElseThrow();

        assertThat(get.code()
                        .orElseThrow()
                        .elementStream()
                        .filter(InvokeDynamicInstruction.class::isInstance)
                        .map(InvokeDynamicInstruction.class::cast)
                        .filter(site -> site.name().equalsString("stop")))
                .hasSize(2);
        assertThat(get.code().orElseThrow().elementStream().anyMatch(BranchInstruction.class::isInstance))
                .isTrue();
    }

    @Test
    void a_loop_is_stopped_where_the_thread_is_to_stop_and_nowhere_else() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Supplier<?> loop = supplier(WovenLoader.of(Loop.class.getName()), Loop.class);
        Thread thread = Thread.ofPlatform().daemon().unstarted(() -> {
            try {
                loop.get();
            } catch (CellStopped e) {
                ended.countDown();
            }
        });
        StopSites.arm(() -> stop.get() && Thread.currentThread() == thread);
        try {
            thread.start();

            stop.set(true);

            ended.await();
            assertThat(supplier(WovenLoader.of(Constructs.class.getName()), Constructs.class)
                            .get())
                    .isNotNull();
        } finally {
            StopSites.disarm();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {BeginsWithTry.class, LoopsAroundTry.class, Catching.class})
    void what_catches_everything_is_stopped_at_the_first_site_outside_its_try(Class<?> type) throws Exception {
        Supplier<?> catching = supplier(WovenLoader.of(type.getName()), type);
        Thread own = Thread.currentThread();
        StopSites.arm(() -> Thread.currentThread() == own);
        try {
            assertThatThrownBy(catching::get).isInstanceOf(CellStopped.class);
        } finally {
            StopSites.disarm();
        }
    }

    /// What a lesson about visibility shows must stay true; access sites stand before the read of the field.
    @Test
    void a_loop_that_waits_for_a_plain_field_may_never_see_it_and_can_be_stopped() throws Exception {
        Class<?> type = WovenLoader.of(Waiting.class.getName()).loadClass(Waiting.class.getName());
        var stop = type.getField("stop");
        Runnable waiting = (Runnable) type.getConstructor().newInstance();
        AtomicBoolean ended = new AtomicBoolean();
        Thread thread;
        do { // until the loop was compiled before the field was written
            stop.setBoolean(waiting, false);
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    waiting.run();
                } catch (CellStopped e) {
                    ended.set(true);
                }
            });
            thread.join(Duration.ofMillis(200));
            stop.setBoolean(waiting, true);
        } while (thread.join(Duration.ofMillis(500)));
        assertThat(ended).isFalse();

        Thread looping = thread;
        StopSites.arm(() -> Thread.currentThread() == looping);
        try {
            looping.join();
        } finally {
            StopSites.disarm();
        }

        assertThat(ended).isTrue();
    }

    @Test
    void exits_are_redirected_in_calls_and_in_method_references() throws ReflectiveOperationException {
        Supplier<?> exits = supplier(WovenLoader.of(Exiting.class.getName()), Exiting.class);

        assertThat(exits.get()).isEqualTo("refused refused refused refused");
    }

    @Test
    void stack_traces_name_file_and_line_of_the_origin() throws ReflectiveOperationException {
        Origin origin = new Origin("cell 7", line -> line + 1000, Set.of(), Set.of());
        WovenLoader loader = new WovenLoader(Failing.class.getName()::equals, origin, Depth.LOADED);
        int line = frame(new Failing()).getLineNumber();

        StackTraceElement woven = frame(supplier(loader, Failing.class));

        assertThat(woven.getFileName()).isEqualTo("cell 7");
        assertThat(woven.getLineNumber()).isEqualTo(line + 1000);
    }

    @Test
    void what_is_no_class_is_refused() {
        Weaver weaver = new Weaver(name -> null, getClass().getClassLoader());

        assertThatThrownBy(() -> weaver.weave(new byte[] {1, 2, 3}, plain()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static StackTraceElement frame(Supplier<?> failing) {
        try {
            failing.get();
            throw new AssertionError("did not fail");
        } catch (IllegalStateException e) {
            return e.getStackTrace()[0];
        }
    }

    private static Supplier<?> supplier(WovenLoader loader, Class<?> type) throws ReflectiveOperationException {
        Class<?> woven = loader.loadClass(type.getName());
        assertThat(woven).isNotSameAs(type);
        return (Supplier<?>) woven.getConstructor().newInstance();
    }

    private static byte[] woven(Class<?> type, Origin origin) throws Exception {
        try (var in = type.getClassLoader().getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return new Weaver(name -> null, type.getClassLoader()).weave(in.readAllBytes(), origin);
        }
    }

    private static Origin plain() {
        return new Origin("cell 1", line -> line, Set.of(), Set.of());
    }

    public static final class Loop implements Supplier<String> {
        @Override
        @SuppressWarnings("InfiniteLoopStatement")
        public String get() {
            long n = 0;
            while (true) {
                n++;
            }
        }
    }

    public static final class Waiting implements Runnable {
        public boolean stop; // broken on purpose: not volatile

        @Override
        public void run() {
            int turns = 0; // so that the method begins before the loop does
            while (!stop) {
                turns++;
            }
        }
    }

    public static final class BeginsWithTry implements Supplier<String> {
        @Override
        @SuppressWarnings("InfiniteRecursion")
        public String get() {
            try {
                get();
            } finally {
                get();
            }
            return "ended";
        }
    }

    public static final class LoopsAroundTry implements Supplier<String> {
        @Override
        @SuppressWarnings({"InfiniteLoopStatement", "EmptyBlock", "EmptyCatch"})
        public String get() {
            for (; ; ) {
                try {
                    while (true) {}
                } catch (Throwable t) {
                }
            }
        }
    }

    public static final class Catching implements Supplier<String> {
        private int caught;

        @Override
        @SuppressWarnings({"InfiniteLoopStatement", "EmptyBlock"})
        public String get() {
            do {
                try {
                    caught += 2;
                    while (caught > 0) {}
                } catch (Throwable t) {
                    caught--;
                } finally {
                    caught++;
                }
            } while (true);
        }
    }

    public static final class Exiting implements Supplier<String> {
        @Override
        public String get() {
            Runnable reference = () -> run(System::exit);
            Runnable bound = () -> run(Runtime.getRuntime()::halt);
            return refused(() -> System.exit(1)) + " "
                    + refused(() -> Runtime.getRuntime().halt(1)) + " " + refused(reference) + " " + refused(bound);
        }

        private static void run(java.util.function.IntConsumer exit) {
            exit.accept(1);
        }

        private static String refused(Runnable exit) {
            try {
                exit.run();
                return "ran";
            } catch (Exit.ExitRefused e) {
                return "refused";
            }
        }
    }

    public static final class Failing implements Supplier<String> {
        @Override
        public String get() {
            throw new IllegalStateException();
        }
    }
}
