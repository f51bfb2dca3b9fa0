package threadbook.kernel.magic;

/// What the magics about threads ask of the session; each answer is text for the person who asked.
public interface Threads {

    /// {@return the live threads of all cells, with what each does, waits for and holds}
    String list();

    /// Ends the threads of a cell; returns when they have ended, or after two seconds.
    ///
    /// @param number  of the cell, as shown beside it
    /// @return what became of them
    String kill(int number);

    /// {@return the stacks of all threads, those of cells first}
    String dump();
}
