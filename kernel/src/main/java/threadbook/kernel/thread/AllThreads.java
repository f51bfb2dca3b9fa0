package threadbook.kernel.thread;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/// The live threads of this JVM.
final class AllThreads {
    private AllThreads() {}

    static Stream<Thread> live() {
        return Stream.concat(platform(), VirtualThreads.live());
    }

    private static Stream<Thread> platform() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 16];
        while (root.enumerate(threads) == threads.length) { // full: there may be more
            threads = new Thread[2 * threads.length];
        }
        return Arrays.stream(threads).filter(Objects::nonNull);
    }
}
