package threadbook.kernel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import threadbook.kernel.session.JavaSession;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.wire.ConnectionFile;

/// The process that Jupyter starts: `java … threadbook.kernel.Main CONNECTION_FILE`.
///
/// Ends with 0 after a client asked for it or the process that started it is gone, with 2 if it
/// cannot begin; never with 1, which is what `java` says when there is no JVM at all.
final class Main {
    private static final int CANNOT_BEGIN = 2;

    private Main() {}

    /// On a thread of the kernel's own: a cell may interrupt every thread of the JVM, also the one that
    /// waits for the end.
    public static void main(String[] arguments) {
        var life = new KernelThread(() -> live(arguments), "kernel");
        life.setDaemon(false);
        life.start();
    }

    private static void live(String[] arguments) {
        // Not System.err: cells may close or replace it, and what they print belongs under them.
        var log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = CANNOT_BEGIN;
        try {
            status = run(arguments, log);
        } catch (Throwable failure) { // the boundary: the log is what the server shows
            failure.printStackTrace(log);
        } finally {
            end(status);
        }
    }

    private static void end(int status) {
        try {
            Processes.endOthers();
        } finally {
            // Not exit: threads of cells, or hooks of theirs, could keep the process for ever.
            Runtime.getRuntime().halt(status);
        }
    }

    private static int run(String[] arguments, PrintStream log) throws InterruptedException {
        if (arguments.length != 1) {
            log.println("""
                    expected one argument, the connection file; found %s.
                    Jupyter starts this program; to try it by hand: jupyter console --kernel java\
                    """.formatted(arguments.length));
            return CANNOT_BEGIN;
        }
        Parent.onEnd(() -> end(0));
        ConnectionFile file = ConnectionFile.read(Path.of(arguments[0]));
        JavaSession session = JavaSession.open();
        Settings settings = Settings.of(System.getenv(), log);
        try (var kernel = new Kernel(file, session, session.assistant(), settings, log)) {
            kernel.awaitShutdown();
        }
        return 0;
    }
}
