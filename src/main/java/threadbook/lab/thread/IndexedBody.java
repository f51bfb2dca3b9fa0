package threadbook.lab.thread;

import java.io.Serializable;

/// What each of several threads does, told by a number which of them it is, or how many there are.
@FunctionalInterface
public interface IndexedBody extends Serializable {

    /// Does the work, on the calling thread.
    ///
    /// @param number  what the caller says it is: the thread's index from 0, or the number of
    ///                workers
    void run(int number) throws Exception;
}
