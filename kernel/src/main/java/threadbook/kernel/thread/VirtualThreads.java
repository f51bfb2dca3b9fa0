package threadbook.kernel.thread;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The live virtual threads of this JVM, for which the JDK has no public list.
///
/// Read from `jdk.internal.vm.ThreadContainers`, a door that `--add-exports java.base/jdk.internal.vm`
/// opens. Without it there are none to be seen ([#available]): a virtual thread that waits cannot be
/// interrupted then, one that runs in a cell's code still can.
public final class VirtualThreads {
    private static final @Nullable Door DOOR = Door.open();

    private VirtualThreads() {}

    /// {@return whether this JVM lets us see its virtual threads}
    public static boolean available() {
        return DOOR != null;
    }

    static Stream<Thread> live() {
        return DOOR == null ? Stream.of() : DOOR.below(DOOR.call(DOOR.root, null));
    }

    private record Door(Method root, Method children, Method threads) {

        static @Nullable Door open() {
            try {
                Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
                Door door = new Door(
                        Class.forName("jdk.internal.vm.ThreadContainers").getMethod("root"),
                        container.getMethod("children"),
                        container.getMethod("threads"));
                return door.works() ? door : null;
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return null; // the JDK changed or the option is missing: see the class's documentation
            }
        }

        private boolean works() {
            CountDownLatch seen = new CountDownLatch(1);
            Thread probe = Thread.ofVirtual().name("probe").start(() -> {
                try {
                    seen.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                return below(call(root, null)).anyMatch(probe::equals);
            } finally {
                seen.countDown();
            }
        }

        Stream<Thread> below(Object container) {
            Stream<Thread> here = ((Stream<?>) call(threads, container))
                    .map(Thread.class::cast)
                    .filter(Thread::isVirtual);
            return Stream.concat(here, ((Stream<?>) call(children, container)).flatMap(this::below));
        }

        Object call(Method method, @Nullable Object target) {
            try {
                return method.invoke(target);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("%s cannot be called".formatted(method), e);
            }
        }
    }
}
