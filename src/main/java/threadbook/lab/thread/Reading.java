package threadbook.lab.thread;

import java.io.Serializable;

/// Reads a number that other threads may have changed, such as a counter.
@FunctionalInterface
public interface Reading extends Serializable {

    /// {@return the number as it is now}
    Number read() throws Exception;
}
