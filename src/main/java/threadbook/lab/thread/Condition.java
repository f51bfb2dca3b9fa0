package threadbook.lab.thread;

import java.io.Serializable;

/// A question that is asked by running code: true or false.
@FunctionalInterface
public interface Condition extends Serializable {

    /// {@return whether it holds now}
    boolean holds() throws Exception;
}
