package threadbook.kernel.protocol;

import org.jspecify.annotations.Nullable;

/// What the kernel tells every client, on the iopub channel.
///
/// @see <a
/// href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel">IOPub</a>
public sealed interface Publication {

    /// `busy` before, `idle` after each request is served; `starting` once.
    record Status(State state) implements Publication {}

    enum State {
        STARTING,
        BUSY,
        IDLE
    }

    /// Text of standard output or standard error, as it was printed.
    record Stream(Name name, String text) implements Publication {
        public enum Name {
            STDOUT,
            STDERR
        }
    }

    /// A value to show; under a display id if it is to be updated later.
    record DisplayData(MimeBundle bundle, @Nullable String id) implements Publication {}

    /// Replaces what was shown under the display id.
    record UpdateDisplayData(MimeBundle bundle, String id) implements Publication {}

    /// A cell begins to run.
    record ExecuteInput(String code, int count) implements Publication {}

    /// The value of a cell.
    record ExecuteResult(int count, MimeBundle bundle) implements Publication {}

    /// A cell failed.
    record ErrorOutput(ErrorReport error) implements Publication {}

    /// Remove what the cell has shown; with `later` (the protocol's `wait`) only when something
    /// new comes.
    record ClearOutput(boolean later) implements Publication {}

    /// The kernel's end of a comm is closed.
    record CommClosed(String id) implements Publication {}

    /// The kernel ends; tells the clients that did not ask for it.
    record ShutdownNotice(boolean restart) implements Publication {}
}
