package threadbook.kernel.cell;

/// The Java language as the rest of the kernel sees it: cells go in, evaluations come out.
///
/// Made on any thread; [#evaluate] is called by one thread at a time (the cell queue's), [#interrupt]
/// and [#close] by any thread at any time.
public interface Session extends AutoCloseable {

    /// Begins the turn of a request. Until it is closed an interrupt counts for the cells that are
    /// evaluated in it, also one that comes before the first of them; without a turn, only while one is
    /// evaluated. There is one turn at a time.
    Turn turn();

    /// Compiles a cell and runs it on a thread of its own; blocks until the cell has ended, or was
    /// abandoned after an interrupt. Never throws because of what the cell does.
    Evaluation evaluate(Cell cell);

    /// Interrupts the cell that is being compiled, run or rendered, and every thread of it; in a turn also
    /// the cells that are still to come in it. Returns at once. Without such a cell it does nothing.
    void interrupt();

    /// Frees the compiler. Threads of cells are left to the end of the process.
    @Override
    void close();

    /// The time that one request has the session for itself.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
