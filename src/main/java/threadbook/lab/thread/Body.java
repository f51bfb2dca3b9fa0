package threadbook.lab.thread;

import java.io.Serializable;

/// What a thread does: code without arguments or result that may throw anything.
///
/// Like [Runnable], but free of `try` around checked exceptions, and serializable, so that the
/// same lambda can travel to another process.
@FunctionalInterface
public interface Body extends Serializable {

    /// Does the work, on the calling thread.
    void run() throws Exception;
}
