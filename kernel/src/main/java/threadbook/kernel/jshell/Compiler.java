package threadbook.kernel.jshell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import jdk.jshell.JShell;

/// The owner of the JShell instance: everything that JShell does happens on the thread `jshell`.
public final class Compiler implements AutoCloseable {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(null, task, "jshell", 64 << 20));
    private final CompletableFuture<JShell> shell = new CompletableFuture<>();

    /// {@return questions about source that is not to be run}
    public Analysis analysis() {
        return new Analysis(this);
    }

    <T> T ask(Function<JShell, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(shell.join()), thread)
                .join();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
