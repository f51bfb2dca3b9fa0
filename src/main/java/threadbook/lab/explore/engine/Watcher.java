package threadbook.lab.explore.engine;

/// Is told of each step of a schedule, to write it down. On the explorer's thread.
public interface Watcher {
    /// An operation was chosen and is about to be done.
    void before(Execution execution, ProgramThread thread, Operation operation);

    /// A step was done, and what follows it up to the thread's next one.
    void after(Execution execution, Step step);
}
