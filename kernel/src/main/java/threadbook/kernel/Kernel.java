package threadbook.kernel;

import java.io.PrintStream;
import threadbook.kernel.assist.Assistant;
import threadbook.kernel.cell.Session;
import threadbook.kernel.channel.Channels;
import threadbook.kernel.dispatch.Dispatcher;
import threadbook.kernel.wire.ConnectionFile;

/// A running kernel: the one place that wires the rooms together.
///
/// It can be asked as soon as it is made; a session that is still warming up lets cells wait,
/// nothing else.
public final class Kernel implements AutoCloseable {
    private final Session session;
    private final Channels channels;
    private final Dispatcher dispatcher;

    /// @param session   closed with the kernel
    /// @param settings  about the output of cells
    /// @param log       what no client can be told
    Kernel(ConnectionFile file, Session session, Assistant assistant, Settings settings, PrintStream log) {
        this.session = session;
        channels = new Channels(file, settings.iopub(), log);
        dispatcher = new Dispatcher(channels, session, assistant, file.ports(), settings.outputLimit(), log);
        channels.open(dispatcher::receive);
    }

    /// Waits until a client has asked the kernel to end; no interrupt ends the wait.
    public void awaitShutdown() {
        dispatcher.shutdown().join();
    }

    /// Sends what is queued, then closes the channels; at most 300 ms. Cells that run are not
    /// waited for.
    @Override
    public void close() {
        channels.close();
        session.close();
    }
}
