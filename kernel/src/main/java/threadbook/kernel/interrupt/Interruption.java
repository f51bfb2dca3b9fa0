package threadbook.kernel.interrupt;

import java.util.List;

/// What the ladder must know of a run that is to be left, and can do to it.
public interface Interruption {

    /// {@return the live threads that belong to the run}
    List<Thread> threads();

    /// {@return whether the calling thread belongs to the run}; asked at every stop site while armed
    boolean ownsCurrentThread();

    /// {@return whether the run has ended, one way or another}; its other threads may still live
    boolean ended();

    /// Told that an exception is about to be thrown in threads of the run in the middle of anything, so
    /// that the state they shared may be damaged.
    void struck();

    /// Ends the run without its threads.
    ///
    /// @param stuck  those that could not be stopped
    void abandon(List<Thread> stuck);
}
